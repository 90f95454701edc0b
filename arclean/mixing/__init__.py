"""Samples and mixtures: which documents are kept, so that a budget and the weights of sources are met. The same ones for every machine."""
