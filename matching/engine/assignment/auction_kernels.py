"""Compiled loops of the auction: what a need wants at given prices, where its bids land, and what the prices prove.

``market`` is the tuple ``auction._Arrays``: (row start, resource, gain, is_home, is_new, wanted, home limit, capacity,
fresh, shelf start). ``state`` is (held, bid, shelf, count, count_new, price, price_new): bid int64 per pair; the shelf
lists the pairs that hold the places of each resource; a price is what a newcomer must outbid, 0 while places are free.
"""

from typing import Any

import numpy as np

from matching.engine.compiling import inner, kernel

NONE = -1
NEVER = -(1 << 62)


@kernel
def bid_until_quiet(market: Any, reserve: Any, step: Any, bonus: Any, budget: Any) -> Any:
    """Let needs bid until nobody wants to, first come first served; stop after looking at ``budget`` pairs.

    reserve int64[resources]: prices to begin with. Returns held bool[pairs], price, price_new, count
    int64[resources], and how many pairs were looked at.
    """
    start, needs = market[0], market[5].size
    state = _empty_state(market, reserve)
    queue, waits = np.arange(needs), np.ones(needs, dtype=np.bool_)
    head, waiting, looked_at = 0, needs, 0
    while waiting > 0 and looked_at < budget:
        need = queue[head % needs]
        head, waiting, waits[need] = head + 1, waiting - 1, False
        looked_at += start[need + 1] - start[need]
        lost = _bid(need, market, state, step, bonus)
        for place in range(lost.size):
            if not waits[lost[place]]:
                queue[(head + waiting) % needs] = lost[place]
                waits[lost[place]], waiting = True, waiting + 1
    return state[0], state[5], state[6], state[3], looked_at


@inner
def _empty_state(market: Any, reserve: Any) -> Any:
    pairs, resources = market[1].size, market[7].size
    return (
        np.zeros(pairs, dtype=np.bool_),
        np.zeros(pairs, dtype=np.int64),
        np.full(market[9][resources], NONE, dtype=np.int64),
        np.zeros(resources, dtype=np.int64),
        np.zeros(resources, dtype=np.int64),
        reserve.copy(),
        reserve.copy(),
    )


@inner
def _bid(need: Any, market: Any, state: Any, step: Any, bonus: Any) -> Any:
    """Bid for all that the need wants and does not hold; return the needs that lost a place by it."""
    order, profit, taken = _wanted(need, market, state[0], state[5], state[6], bonus)
    first, held = market[0][need], _held_count(need, market, state[0])
    homes, other, home = _alternatives(need, market, state[0], order, profit, taken)
    lost, count = np.empty(taken.sum(), dtype=np.int64), 0
    floor = -bonus if held + taken.sum() == 1 else 0
    for place in range(order.size):
        if taken[place]:
            pair = first + order[place]
            next_best = max(floor, other)
            if market[3][pair] or homes < market[6][need]:
                next_best = max(next_best, home)
            loser = _place_bid(pair, market[2][pair] - next_best + step, market, state)
            if loser != NONE:
                lost[count] = np.searchsorted(market[0], loser, side="right") - 1
                count += 1
    return lost[:count]


@inner
def _wanted(need: Any, market: Any, held: Any, price: Any, price_new: Any, bonus: Any) -> Any:
    """Return the need's pairs by falling profit, their profits, and which of them, beside what it holds, are the best
    set: greedy is optimal under laminar limits."""
    first, last = market[0][need], market[0][need + 1]
    profit = np.empty(last - first, dtype=np.int64)
    for place in range(profit.size):
        pair = first + place
        owner = market[1][pair]
        profit[place] = market[2][pair] - (price_new[owner] if market[4][pair] else price[owner])
    order = np.argsort(-profit, kind="mergesort")
    taken = np.zeros(order.size, dtype=np.bool_)
    count, homes = _held_count(need, market, held), _held_homes(need, market, held)
    for place in range(order.size):
        pair = first + order[place]
        enough = -bonus if count == 0 else 0
        if count == market[5][need] or profit[order[place]] <= enough:
            break
        if held[pair] or (market[3][pair] and homes == market[6][need]):
            continue
        taken[place] = True
        count, homes = count + 1, homes + market[3][pair]
    return order, profit, taken


@inner
def _alternatives(need: Any, market: Any, held: Any, order: Any, profit: Any, taken: Any) -> Any:
    """Return how many partners at home the need would have, and the best profit it leaves aside elsewhere and at
    home."""
    first, homes = market[0][need], _held_homes(need, market, held)
    other, home = NEVER, NEVER
    for place in range(order.size):
        pair = first + order[place]
        if taken[place]:
            homes += market[3][pair]
        elif not held[pair] and market[3][pair]:
            home = max(home, profit[order[place]])
        elif not held[pair]:
            other = max(other, profit[order[place]])
    return homes, other, home


@inner
def _held_count(need: Any, market: Any, held: Any) -> Any:
    count = 0
    for pair in range(market[0][need], market[0][need + 1]):
        count += held[pair]
    return count


@inner
def _held_homes(need: Any, market: Any, held: Any) -> Any:
    count = 0
    for pair in range(market[0][need], market[0][need + 1]):
        count += held[pair] and market[3][pair]
    return count


@inner
def _place_bid(pair: Any, amount: Any, market: Any, state: Any) -> Any:
    """Give the pair a place of its resource; return the pair that lost it, or NONE.

    Where new pairs have no place left, the lowest of them goes; else, where nobody has, the lowest of all.
    """
    held, bid, shelf, count, count_new = state[0], state[1], state[2], state[3], state[4]
    owner = market[1][pair]
    is_new, loser, place = market[4][pair], NONE, market[9][owner] + count[owner]
    if is_new and count_new[owner] == market[8][owner]:
        place = _lowest(owner, True, market, state)
    elif count[owner] == market[7][owner]:
        place = _lowest(owner, False, market, state)
    if place < market[9][owner] + count[owner]:
        loser = shelf[place]
        held[loser] = False
        count_new[owner] -= market[4][loser]
    else:
        count[owner] += 1
    shelf[place], held[pair], bid[pair] = pair, True, amount
    count_new[owner] += is_new
    _set_prices(owner, market, state)
    return loser


@inner
def _set_prices(owner: Any, market: Any, state: Any) -> Any:
    """The lowest bid on a full shelf is the price; while places are free, it stays where it began."""
    bid, shelf, count, count_new, price, price_new = state[1:]
    if count[owner] == market[7][owner]:
        price[owner] = max(price[owner], bid[shelf[_lowest(owner, False, market, state)]])
    price_new[owner] = max(price_new[owner], price[owner])
    if count_new[owner] == market[8][owner]:
        price_new[owner] = max(price_new[owner], bid[shelf[_lowest(owner, True, market, state)]])


@inner
def _lowest(owner: Any, only_new: Any, market: Any, state: Any) -> Any:
    """Return the place of the lowest bid; among equals the later pair's, so that lower ids stay."""
    bid, shelf, first = state[1], state[2], market[9][owner]
    best = NONE
    for place in range(first, first + state[3][owner]):
        pair = shelf[place]
        if only_new and not market[4][pair]:
            continue
        if best == NONE or (bid[pair], -pair) < (bid[shelf[best]], -shelf[best]):
            best = place
    return best


@kernel
def dual_bound(market: Any, price: Any, price_new: Any, bonus: Any) -> Any:
    """Return an upper bound of what any solution is worth: what places cost plus what needs gain at these prices.

    Weak duality of the transportation problem: λ · capacity + μ · fresh + Σ max over sets of (gains − prices), for any
    prices λ ≥ 0 and λ + μ ≥ λ.
    """
    nothing = np.zeros(market[1].size, dtype=np.bool_)
    total = np.int64(0)
    for owner in range(price.size):
        total += price[owner] * market[7][owner] + (price_new[owner] - price[owner]) * market[8][owner]
    for need in range(market[5].size):
        order, profit, taken = _wanted(need, market, nothing, price, price_new, bonus)
        for place in range(order.size):
            if taken[place]:
                total += profit[order[place]]
        if taken.any():
            total += bonus
    return total
