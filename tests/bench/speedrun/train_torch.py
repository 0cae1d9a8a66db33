"""Peer of the speedrun: train_torch.py BATCH prints where and how long a step took, in ms, as JSON.

The network of network.ts in PyTorch on random images: on the GPU where there is
one (channels-last, half precision), else on the CPU. SGD with one learning rate.
"""
import json
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

BATCH = int(sys.argv[1])
WIDTHS = (64, 256, 256)
STEPS, WARM_UP = (50, 10) if torch.cuda.is_available() else (3, 1)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
kind = torch.float16 if device.type == "cuda" else torch.float32
torch.backends.cudnn.benchmark = True


class Block(nn.Module):
    def __init__(self, before, width):
        super().__init__()
        self.filter1 = nn.Conv2d(before, width, 3, padding=1, bias=False)
        self.filter2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.norm1, self.norm2 = (nn.BatchNorm2d(width, eps=1e-12, momentum=0.4) for _ in range(2))
        self.norm1.weight.requires_grad = self.norm2.weight.requires_grad = False

    def forward(self, x):
        x = F.gelu(self.norm1(F.max_pool2d(self.filter1(x), 2)))
        return F.gelu(self.norm2(self.filter2(x)))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.whitening = nn.Conv2d(3, 24, 2)
        self.whitening.weight.requires_grad = False
        self.blocks = nn.Sequential(*(Block(a, b) for a, b in zip((24, *WIDTHS), WIDTHS)))
        self.head = nn.Linear(WIDTHS[-1], 10, bias=False)

    def forward(self, x):
        y = self.blocks(F.gelu(self.whitening(x)))
        return self.head(F.max_pool2d(y, 3).flatten(1)) / 9


def wait():
    if device.type == "cuda":
        torch.cuda.synchronize()


net = Network().to(device=device, dtype=kind, memory_format=torch.channels_last)
for module in net.modules():
    if isinstance(module, nn.BatchNorm2d):
        module.float()
x = torch.randn(BATCH, 3, 32, 32, device=device, dtype=kind).to(memory_format=torch.channels_last)
y = torch.randint(0, 10, (BATCH,), device=device)
optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=1e-3, momentum=0.85, nesterov=True)
for step in range(WARM_UP + STEPS):
    if step == WARM_UP:
        wait()
        start = time.perf_counter()
    optimizer.zero_grad()
    F.cross_entropy(net(x).float(), y, label_smoothing=0.2).backward()
    optimizer.step()
wait()
name = torch.cuda.get_device_name() if device.type == "cuda" else "the CPU"
print(json.dumps({"device": name, "milliseconds": (time.perf_counter() - start) * 1000 / STEPS}))
