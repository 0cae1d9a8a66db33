"""Peer of train_step.ts: train_torch.py NETWORK STEPS SIDE LAYOUT THREADS prints, as JSON,
step times in ms, and what computed them.

PyTorch on the CPU, AdamW, batch 128; LAYOUT is channels_last or contiguous_format. Quote it
with OpenBLAS (Debian: libopenblas0-pthread) and OMP_WAIT_POLICY=PASSIVE.
"""
import json
import re
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
NAME, STEPS, SIDE, LAYOUT, THREADS = sys.argv[1:]
SIDE = int(SIDE)
torch.set_num_threads(int(THREADS))


class Block(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.c1, self.b1 = nn.Conv2d(a, b, 3, padding=1, bias=False), nn.BatchNorm2d(b)
        self.c2, self.b2 = nn.Conv2d(b, b, 3, padding=1, bias=False), nn.BatchNorm2d(b)
        self.more, self.pool = b - a, b != 64

    def forward(self, x):
        y = self.b2(self.c2(F.relu(self.b1(self.c1(x)))))
        if self.more:
            x = F.pad(x, (0, 0, 0, 0, 0, self.more))
        x = F.relu(x + y)
        return F.avg_pool2d(x, 2) if self.pool else x


class Layer(nn.Module):
    def __init__(self, width, heads, inner):
        super().__init__()
        self.heads = heads
        self.n1, self.n2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.project = nn.Linear(width, width, bias=False)
        self.up = nn.Linear(width, inner, bias=False)
        self.down = nn.Linear(inner, width, bias=False)

    def forward(self, x):
        n, t, w = x.shape
        q, k, v = self.qkv(self.n1(x)).reshape(n, t, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(n, t, w)
        x = x + self.project(mixed)
        return x + self.down(F.relu(self.up(self.n2(x))))


class ViT(nn.Module):
    def __init__(self):
        super().__init__()
        self.patches = nn.Linear(48, 64, bias=False)
        self.positions = nn.Parameter(torch.randn(64, 64) * 0.1)
        self.layers = nn.Sequential(*[Layer(64, 4, 128) for _ in range(4)])
        self.head = nn.Linear(64, 10, bias=False)

    def forward(self, x):
        n = x.shape[0]
        cells = x.permute(0, 2, 3, 1).reshape(n, 8, 4, 8, 12).permute(0, 1, 3, 2, 4).reshape(n, 64, 48)
        return self.head(self.layers(self.patches(cells) + self.positions).mean(1))


def network(name):
    if name == "r8":
        return nn.Sequential(
            nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.ReLU(), Block(16, 16), Block(16, 32),
            Block(32, 64), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))
    if name == "mlp":
        return nn.Sequential(
            nn.Flatten(), nn.Linear(3 * SIDE * SIDE, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(),
            nn.Linear(256, 10))
    if name == "vit":
        return ViT()
    raise SystemExit(f"Cannot time {name}: it is not written here for PyTorch")


net = network(NAME).to(memory_format=getattr(torch, LAYOUT))
x = torch.randn(128, 3, SIDE, SIDE).to(memory_format=getattr(torch, LAYOUT))
y = torch.randint(0, 10, (128,))
optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3)
times = []
for step in range(3 + int(STEPS)):
    start = time.perf_counter()
    optimizer.zero_grad()
    loss = F.cross_entropy(net(x), y)
    loss.backward()
    optimizer.step()
    loss.item()
    times.append((time.perf_counter() - start) * 1000)
with open("/proc/self/maps") as maps:
    blas = sorted(set(re.findall(r"lib(\w*blas\w*)[-.]", maps.read())))
print(json.dumps({"times": times[3:], "by": " ".join(["PyTorch", torch.__version__, *blas])}))
