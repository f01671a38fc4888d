"""The training step of workloads.ts in PyTorch: pytorch_step.py THREADS RUNS prints the same JSON as measure-main."""

import json
import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

VOCABULARY, WIDTH, LENGTH, LAYERS, HEADS, BATCH, NEGATIVES = 20_000, 64, 20, 2, 2, 256, 1_280


class Block(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.attention_norm = nn.LayerNorm(WIDTH)
        self.forward_norm = nn.LayerNorm(WIDTH)
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH, bias=False) for _ in range(4))
        self.wide, self.back = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        seen = self.attention_norm(x)
        q, k, v = (
            part(seen).view(BATCH, LENGTH, HEADS, WIDTH // HEADS).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        shares = torch.softmax(q @ k.transpose(2, 3) * (WIDTH // HEADS) ** -0.5 + mask, -1)
        x = x + self.out((shares @ v).transpose(1, 2).reshape(BATCH, LENGTH, WIDTH))
        return x + self.back(F.relu(self.wide(self.forward_norm(x))))


class Model(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Embedding(VOCABULARY, WIDTH)
        self.position = nn.Parameter(torch.randn(LENGTH, WIDTH) / 10)
        self.blocks = nn.ModuleList(Block() for _ in range(LAYERS))
        self.final = nn.LayerNorm(WIDTH)
        self.mask = torch.full((LENGTH, LENGTH), -1e9).triu(1)

    def forward(self, items: torch.Tensor, targets: torch.Tensor, negatives: torch.Tensor) -> torch.Tensor:
        x = self.table(items) + self.position
        for block in self.blocks:
            x = block(x, self.mask)
        query = self.final(x)[:, -1]
        positive = (query * self.table(targets)).sum(-1, keepdim=True)
        logits = torch.cat([positive, query @ self.table(negatives).T], 1)
        return F.cross_entropy(logits, torch.zeros(BATCH, dtype=torch.long))


def main() -> None:
    threads, runs = int(sys.argv[1]), int(sys.argv[2])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    model = Model()
    adam = torch.optim.Adam(model.parameters(), 1e-3)
    batch = [torch.randint(VOCABULARY, shape) for shape in ((BATCH, LENGTH), (BATCH,), (NEGATIVES,))]
    wall, cpu = [], []
    for run in range(-3, runs):
        used, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
        adam.zero_grad(set_to_none=True)
        model(*batch).backward()
        adam.step()
        elapsed, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
        if run >= 0:
            wall.append(elapsed * 1e3)
            cpu.append((after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime) * 1e3)
    print(json.dumps({"wallMs": wall, "cpuMs": cpu}))


main()
