"""The network: a small encoder reads a passage once, whatever the number of pairs; each pair then asks it for the words that tell of the two.

Labels are scored twice: by weights of their own, and by how near what the pair got is to the codebook's definition of the label.
"""

from __future__ import annotations

import functools
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoTokenizer, BertModel
from transformers.utils import logging

from onrecord.codebook import plover
from onrecord.extract.events.inputs import RULES, TYPES
from onrecord.reading.grammar import DEPENDENCIES, POS
from training.events.examples import LABELS
from training.events.markup import STATUSES
from training.stance.network import backbone

logging.set_verbosity_error()

HEADS = 6
"""How many questions a pair asks of the words."""
FEATURES = {"pos": len(POS), "dependencies": len(DEPENDENCIES), "lexicon": len(TYPES) + 1, "rules": RULES, "marks": 2}


class EventNetwork(nn.Module):
    """Inputs int64: ``input_ids``, ``attention_mask`` and the features [batch, length]; ``roles`` [batch, pairs, length].

    Outputs: ``labels`` [batch, pairs, len(LABELS)], ``status`` [batch, pairs, 5], ``trigger`` [batch, pairs, length], unnormalised.
    """

    def __init__(self, definitions: Tensor, layers: int = 6, dropout: float = 0.15) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            str(backbone()), add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.1
        )
        self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
        width = self.encoder.config.hidden_size
        self.width, self.each = width, width // HEADS
        self.features = nn.ModuleDict({name: nn.Embedding(size, width) for name, size in FEATURES.items()})
        for name, table in self.features.items():
            nn.init.zeros_(table.weight) if name != "marks" else nn.init.normal_(table.weight, std=0.02)
        self.nobody = nn.Parameter(torch.zeros(width))
        self.key, self.value = nn.Linear(width, width), nn.Linear(width, width)
        self.key_role, self.value_role = nn.Embedding(3, width), nn.Embedding(3, width)
        self.query = nn.Sequential(nn.Linear(3 * width, width), nn.GELU(), nn.Linear(width, width))
        for table in (self.key_role, self.value_role):
            nn.init.normal_(table.weight, std=0.02)
        self.dropout = nn.Dropout(dropout)
        self.mix = nn.Sequential(nn.Linear(5 * width, 2 * width), nn.GELU(), nn.Dropout(dropout))
        self.label = nn.Linear(2 * width, len(LABELS))
        self.meaning = nn.Linear(2 * width, width)
        self.register_buffer("definitions", definitions)
        self.scale = nn.Parameter(torch.tensor(8.0))
        self.status = nn.Linear(2 * width, len(STATUSES))
        self.point = nn.Linear(2 * width, width)
        self.tell = nn.Linear(width, width)

    def forward(  # noqa: PLR0917 - the names are the interface
        self,
        input_ids: Tensor,
        attention_mask: Tensor,
        pos: Tensor,
        dependencies: Tensor,
        lexicon: Tensor,
        rules: Tensor,
        marks: Tensor,
        roles: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of labels, statuses and trigger pieces of each pair."""
        words = self.encoder.embeddings.word_embeddings(input_ids)
        for name, values in (("pos", pos), ("dependencies", dependencies), ("lexicon", lexicon), ("rules", rules), ("marks", marks)):
            words = words + self.features[name](values)
        states = self.dropout(self.encoder(inputs_embeds=words, attention_mask=attention_mask).last_hidden_state)
        actor, recipient = self._pool(states, roles == 1), self._pool(states, roles == 2)
        alone = ((roles == 2).sum(-1, keepdim=True) == 0).to(states.dtype)
        recipient = recipient + alone * self.nobody
        whole = states[:, :1].expand(-1, roles.shape[1], -1)
        asked = self.query(torch.cat([actor, recipient, whole], -1))
        told = self._ask(asked, states, roles, attention_mask)
        mixed = self.mix(torch.cat([actor, recipient, actor * recipient, whole, told], -1))
        meaning = nn.functional.normalize(self.meaning(mixed).float(), dim=-1) @ self.definitions.T
        labels = self.label(mixed) + self.scale * meaning
        trigger = self.point(mixed) @ self.tell(states).transpose(1, 2) / self.width**0.5
        trigger = trigger.float().masked_fill(attention_mask.unsqueeze(1) == 0, -1e4)
        return labels, self.status(mixed), trigger

    def _pool(self, states: Tensor, chosen: Tensor) -> Tensor:
        """Mean state of the chosen pieces of each pair, zeros where none; (batch, pairs, width)."""
        weights = chosen.to(states.dtype)
        return weights @ states / weights.sum(-1, keepdim=True).clamp(min=1)

    def _ask(self, asked: Tensor, states: Tensor, roles: Tensor, mask: Tensor) -> Tensor:
        """What each pair's questions get: attention over the words, which know whether they are of the actor, of the recipient, or of neither."""
        batch, pairs, length = roles.shape
        query = asked.view(batch, pairs, HEADS, self.each)
        key = self.key(states).view(batch, length, HEADS, self.each)
        role_key = self.key_role.weight.view(3, HEADS, self.each)
        value = self.value(states).view(batch, length, HEADS, self.each)
        scores = torch.einsum("bphd,blhd->bphl", query, key)
        by_role = torch.einsum("bphd,rhd->bphr", query, role_key)
        one_hot = nn.functional.one_hot(roles, 3).to(states.dtype)
        scores = (scores + torch.einsum("bphr,bplr->bphl", by_role, one_hot)) / self.each**0.5
        weights = scores.float().masked_fill(mask[:, None, None, :] == 0, -1e4).softmax(-1).to(states.dtype)
        found = torch.einsum("bphl,blhd->bphd", weights, value)
        share = torch.einsum("bphl,bplr->bphr", weights, one_hot)
        found = found + torch.einsum("bphr,rhd->bphd", share, self.value_role.weight.view(3, HEADS, self.each))
        return found.reshape(batch, pairs, self.width)

    def groups(self, rate: float, decay: float, head_rate: float) -> list[dict[str, Any]]:
        """Parameters for the optimiser: ``rate`` at the encoder's top layer, ``decay`` times less each layer down, ``head_rate`` for what is new."""
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        self.encoder.embeddings.token_type_embeddings.weight.requires_grad_(False)
        layers = len(self.encoder.encoder.layer)
        found: dict[tuple[float, float], list[nn.Parameter]] = {}
        for name, parameter in self.named_parameters():
            if not parameter.requires_grad:
                continue
            if name.startswith("encoder.encoder.layer."):
                own = rate * decay ** (layers - 1 - int(name.split(".")[3]))
            else:
                own = rate * decay**layers if name.startswith("encoder.") else head_rate
            found.setdefault((own, 0.01 if parameter.dim() > 1 else 0.0), []).append(parameter)
        return [{"params": p, "lr": lr, "peak": lr, "weight_decay": weight_decay} for (lr, weight_decay), p in found.items()]


@functools.cache
def definitions() -> Tensor:
    """(labels, width): the codebook's words for each label as the untrained encoder sees them, of length one; zeros for "none"."""
    told = {e.code: f"{e.label}: {e.definition} {e.example}" for e in plover.entries() if e.kind in ("type", "mode")}
    texts = [f"{told[name.partition('/')[0]]} {told[name] if '/' in name else ''}" if name in told else "" for name in LABELS]
    pieces = AutoTokenizer.from_pretrained(str(backbone()))(texts, padding=True, return_tensors="pt")
    encoder = BertModel.from_pretrained(str(backbone()), add_pooling_layer=False).eval()
    with torch.no_grad():
        states = encoder(**pieces).last_hidden_state
    weights = pieces["attention_mask"].unsqueeze(-1).float()
    means = nn.functional.normalize((states * weights).sum(1) / weights.sum(1), dim=-1)
    means[0] = 0.0
    return means
