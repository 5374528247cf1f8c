"""Clocks of orders (时限): recorded facts in, projected columns out; the run over all of them; what a page shows.

Facts are read by `reading`, turned into acts by `promises`, computed by `projection` under the `rulebook` of the files;
`projecting` writes one order within its act, `recomputing` all of them, `telling` the events of clocks that turned.
"""
