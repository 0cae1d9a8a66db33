"""Makes resnet8_reference.safetensors: a small ResNet-8 in PyTorch, in float64.

    OMP_WAIT_POLICY=PASSIVE python3 tests/models/data/resnet8_reference.py

The committed file was made with PyTorch 2.6.0 (CPU). Six images of 8x8 pixels,
five classes, widths 4, 6 and 8; six steps of AdamW, all on the whole batch.
Arrays are laid out and named as this project does: kernels [height, width, in,
out], dense kernels [in, out], images [n, height, width, channel].
"""

import json
import math
import os
import struct

import torch
import torch.nn.functional as F

WIDTHS, CLASSES, N, SIDE = (4, 6, 8), 5, 6, 8
PEAK, STEPS, WARMUP, DECAY, CLIP, SMOOTHING, LIMIT = 0.01, 6, 2, 0.05, 1.0, 0.1, 0.7
MEAN = torch.tensor([0.4914, 0.4822, 0.4465], dtype=torch.float64)
DEVIATION = torch.tensor([0.247, 0.2435, 0.2616], dtype=torch.float64)

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)


class Block(torch.nn.Module):
    def __init__(self, before, width):
        super().__init__()
        self.missing = width - before
        self.convolution1 = torch.nn.Conv2d(before, width, 3, padding=1, bias=False)
        self.norm1 = torch.nn.BatchNorm2d(width)
        self.convolution2 = torch.nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.norm2 = torch.nn.BatchNorm2d(width)

    def forward(self, x):
        y = F.relu(self.norm1(self.convolution1(x)))
        y = self.norm2(self.convolution2(y))
        return F.relu(y + F.pad(x, (0, 0, 0, 0, 0, self.missing)))


class ResNet8(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = torch.nn.Conv2d(3, WIDTHS[0], 3, padding=1)
        self.block1 = Block(WIDTHS[0], WIDTHS[0])
        self.block2 = Block(WIDTHS[0], WIDTHS[1])
        self.block3 = Block(WIDTHS[1], WIDTHS[2])
        self.head = torch.nn.Linear(WIDTHS[2], CLASSES)

    def forward(self, images):
        y = ((images - MEAN) / DEVIATION).permute(0, 3, 1, 2)
        y = F.relu(self.stem(y))
        y = F.avg_pool2d(self.block1(y), 2)
        y = F.avg_pool2d(self.block2(y), 2)
        return self.head(self.block3(y).mean((2, 3)))


def our_name(name):
    parent, leaf = name.rsplit(".", 1)
    if "norm" in parent:
        leaf = {"weight": "scale", "bias": "offset", "running_mean": "mean",
                "running_var": "variance"}[leaf]
    elif leaf == "weight":
        leaf = "kernel"
    return f"{parent}.{leaf}"


def our_layout(tensor):
    if tensor.ndim == 4:
        return tensor.permute(2, 3, 1, 0)
    return tensor.T if tensor.ndim == 2 else tensor


def state(network, group):
    return {
        f"{group}/{our_name(name)}": our_layout(value).clone()
        for name, value in network.state_dict().items()
        if "num_batches" not in name
    }


def write(path, arrays):
    header, chunks, end = {}, [], 0
    wide_first = sorted(arrays, key=lambda name: (-arrays[name].element_size(), name))
    for name in wide_first:
        array = arrays[name].detach().contiguous().clone()
        chunk = array.numpy().tobytes()
        kind = {torch.float64: "F64", torch.int32: "I32", torch.uint8: "U8"}[array.dtype]
        header[name] = {"dtype": kind, "shape": list(array.shape),
                        "data_offsets": [end, end + len(chunk)]}
        chunks.append(chunk)
        end += len(chunk)
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(head)) + head + b"".join(chunks))


network = ResNet8()
with torch.no_grad():
    for name, parameter in network.named_parameters():
        if "norm" in name or name.endswith("bias"):
            parameter += 0.1 * torch.randn_like(parameter)
        if name == "head.weight":
            parameter *= 3
        parameter.copy_(parameter.float().double())  # our weights are float32
images = torch.randint(0, 256, (N, SIDE, SIDE, 3), dtype=torch.uint8)
labels = torch.arange(N) % CLASSES
x = (images.float() / 255).double()

arrays = {"images": images, "labels": labels.int(), **state(network, "initial")}
optimizer = torch.optim.AdamW([
    {"params": [p for p in network.parameters() if p.ndim > 1], "weight_decay": DECAY},
    {"params": [p for p in network.parameters() if p.ndim == 1], "weight_decay": 0.0},
], lr=PEAK)
average = {name: value.clone() for name, value in network.state_dict().items()}
losses = []
for step in range(STEPS):
    rate = PEAK * (step + 1) / WARMUP if step < WARMUP else \
        PEAK * (1 + math.cos(math.pi * (step - WARMUP) / (STEPS - WARMUP))) / 2
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.zero_grad()
    logits = network(x)
    loss = F.cross_entropy(logits, labels, label_smoothing=SMOOTHING)
    loss.backward()
    losses.append(loss.item())
    if step == 0:
        arrays["logits"] = logits
        for name, parameter in network.named_parameters():
            arrays[f"gradient/{our_name(name)}"] = our_layout(parameter.grad).clone()
        for name, value in state(network, "statistics").items():
            if name.endswith(("mean", "variance")):
                arrays[name] = value.clone()
    torch.nn.utils.clip_grad_norm_(network.parameters(), CLIP)
    optimizer.step()
    decay = min(LIMIT, (step + 1) / (step + 10))
    for name, value in network.state_dict().items():
        if "num_batches" not in name:
            average[name] = decay * average[name] + (1 - decay) * value
arrays["losses"] = torch.tensor(losses)
arrays.update(state(network, "final"))
network.load_state_dict(average)
arrays.update(state(network, "average"))
network.eval()
arrays["average_logits"] = network(x)
write(os.path.join(os.path.dirname(__file__), "resnet8_reference.safetensors"), arrays)
