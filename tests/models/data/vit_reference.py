"""Makes vit_reference.safetensors: a small vision transformer in PyTorch, in float64.

    OMP_WAIT_POLICY=PASSIVE python3 tests/models/data/vit_reference.py

The committed file was made with PyTorch 2.6.0 (CPU). Five images of 8x8 pixels,
five classes, patches of 4, width 8, two blocks of two heads with inner layers of
12. Arrays are laid out and named as this project does: dense kernels [in, out],
images [n, height, width, channel].
"""

import json
import os
import struct

import torch
import torch.nn.functional as F

PATCH, WIDTH, LAYERS, HEADS, INNER, CLASSES, N, SIDE = 4, 8, 2, 2, 12, 5, 5, 8
TOKENS = (SIDE // PATCH) ** 2
MEAN = torch.tensor([0.4914, 0.4822, 0.4465], dtype=torch.float64)
DEVIATION = torch.tensor([0.247, 0.2435, 0.2616], dtype=torch.float64)

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)


class Block(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = torch.nn.LayerNorm(WIDTH), torch.nn.LayerNorm(WIDTH)
        self.attention = torch.nn.Linear(WIDTH, 3 * WIDTH)
        self.projection = torch.nn.Linear(WIDTH, WIDTH)
        self.up, self.down = torch.nn.Linear(WIDTH, INNER), torch.nn.Linear(INNER, WIDTH)

    def forward(self, x):
        parts = self.attention(self.norm1(x)).reshape(N, TOKENS, 3, HEADS, -1)
        mixed = F.scaled_dot_product_attention(*parts.permute(2, 0, 3, 1, 4))
        x = x + self.projection(mixed.transpose(1, 2).reshape(N, TOKENS, WIDTH))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class ViT(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = torch.nn.Linear(PATCH * PATCH * 3, WIDTH)
        self.positions = torch.nn.Parameter(torch.randn(TOKENS, WIDTH))
        for i in range(LAYERS):
            setattr(self, f"block{i + 1}", Block())
        self.norm = torch.nn.LayerNorm(WIDTH)
        self.head = torch.nn.Linear(WIDTH, CLASSES)

    def forward(self, images):
        across = SIDE // PATCH
        cells = ((images - MEAN) / DEVIATION).reshape(N, across, PATCH, across, PATCH * 3)
        cells = cells.permute(0, 1, 3, 2, 4).reshape(N, TOKENS, PATCH * PATCH * 3)
        y = self.embedding(cells) + self.positions
        for i in range(LAYERS):
            y = getattr(self, f"block{i + 1}")(y)
        return self.head(self.norm(y).mean(1))


def our_name(name):
    if name == "positions":
        return name
    parent, leaf = name.rsplit(".", 1)
    norm = parent.split(".")[-1].startswith("norm")
    names = {"weight": "scale", "bias": "offset"} if norm else {"weight": "kernel", "bias": "bias"}
    return f"{parent}.{names[leaf]}"


def our_layout(name, tensor):
    return tensor.T if name.endswith("weight") and tensor.ndim == 2 else tensor


def write(path, arrays):
    header, chunks, end = {}, [], 0
    for name in sorted(arrays, key=lambda name: (-arrays[name].element_size(), name)):
        array = arrays[name].detach().contiguous().clone()
        chunk = array.numpy().tobytes()
        kind = {torch.float64: "F64", torch.int32: "I32", torch.uint8: "U8"}[array.dtype]
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [end, end + len(chunk)]}
        chunks.append(chunk)
        end += len(chunk)
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(head)) + head + b"".join(chunks))


network = ViT()
with torch.no_grad():
    for name, parameter in network.named_parameters():
        if parameter.ndim == 1:
            parameter += 0.1 * torch.randn_like(parameter)
        parameter.copy_(parameter.float().double())  # our weights are float32
images = torch.randint(0, 256, (N, SIDE, SIDE, 3), dtype=torch.uint8)
labels = torch.arange(N) % CLASSES
logits = network((images.float() / 255).double())
loss = F.cross_entropy(logits, labels, label_smoothing=0.1)
loss.backward()
arrays = {"images": images, "labels": labels.int(), "logits": logits, "loss": loss.reshape(1)}
for name, parameter in network.named_parameters():
    arrays[f"initial/{our_name(name)}"] = our_layout(name, parameter)
    arrays[f"gradient/{our_name(name)}"] = our_layout(name, parameter.grad)
write(os.path.join(os.path.dirname(__file__), "vit_reference.safetensors"), arrays)
