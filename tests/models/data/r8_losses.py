"""Writes r8_losses.json: 50 AdamW steps of R8 in PyTorch, double precision.

    python3 r8_losses.py > r8_losses.json

Weights, images and labels come from one linear congruential generator, so
that a test can make the same ones.
"""
import json
import torch
import torch.nn.functional as F

torch.set_num_threads(2)
state = 1


def uniform():
    global state
    state = (1664525 * state + 1013904223) % 2**32
    return state / 2**32


def block(name, a, b):
    return [
        (f"{name}.filter1", (3, 3, a, b)), (f"{name}.scale1", (b,)), (f"{name}.offset1", (b,)),
        (f"{name}.filter2", (3, 3, b, b)), (f"{name}.scale2", (b,)), (f"{name}.offset2", (b,)),
    ]


shapes = ([("stem.filter", (3, 3, 3, 16))] + block("block1", 16, 16) + block("block2", 16, 32)
          + block("block3", 32, 64) + [("dense.kernel", (64, 10)), ("dense.bias", (10,))])


def initial(name, shape):
    n = 1
    for size in shape:
        n *= size
    fan = n // shape[-1]
    if len(shape) == 1:
        return torch.full(shape, 1.0 if "scale" in name else 0.0, dtype=torch.float64)
    bound = (6 / fan) ** 0.5
    values = torch.tensor([(2 * uniform() - 1) * bound for _ in range(n)], dtype=torch.float32)
    return values.double().reshape(shape)


p = {name: initial(name, shape).requires_grad_() for name, shape in shapes}
images = torch.tensor([2 * uniform() - 1 for _ in range(64 * 32 * 32 * 3)], dtype=torch.float32)
images = images.double().reshape(64, 32, 32, 3).permute(0, 3, 1, 2)
labels = torch.tensor([int(uniform() * 10) for _ in range(64)])


def conv(x, name):
    return F.conv2d(x, p[name].permute(3, 2, 0, 1), padding=1)


def norm(x, name, i):
    return F.batch_norm(x, None, None, p[f"{name}.scale{i}"], p[f"{name}.offset{i}"], True, 0, 1e-5)


def logits(x):
    y = F.relu(conv(x, "stem.filter"))
    for i, name in enumerate(("block1", "block2", "block3")):
        z = F.relu(norm(conv(y, f"{name}.filter1"), name, 1))
        z = norm(conv(z, f"{name}.filter2"), name, 2)
        y = F.relu(z + F.pad(y, (0, 0, 0, 0, 0, z.shape[1] - y.shape[1])))
        if i < 2:
            y = F.avg_pool2d(y, 2)
    return y.mean((2, 3)) @ p["dense.kernel"] + p["dense.bias"]


groups = [{"params": [v for v in p.values() if v.dim() > 1], "weight_decay": 0.01},
          {"params": [v for v in p.values() if v.dim() == 1], "weight_decay": 0.0}]
optimizer = torch.optim.AdamW(groups, lr=1e-3, betas=(0.9, 0.999), eps=1e-8)
losses, norms = [], {}
for step in range(50):
    part = slice(step % 4 * 16, step % 4 * 16 + 16)
    optimizer.zero_grad()
    loss = F.cross_entropy(logits(images[part]), labels[part])
    loss.backward()
    if step == 0:
        norms = {name: v.grad.norm().item() for name, v in p.items()}
    optimizer.step()
    losses.append(loss.item())
print(json.dumps({
    "note": f"r8_losses.py, PyTorch {torch.__version__}, float64, batch 16, AdamW",
    "losses": losses,
    "firstGradientNorms": norms,
    "finalNorms": {name: v.detach().norm().item() for name, v in p.items()},
}, indent=1))
