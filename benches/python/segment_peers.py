"""Segmentation of a whole book with polars, pandas or DuckDB: ``segment_peers.py <peer> <customers>``.

Makes the input of ``benches/segment.rs`` from the same seeds, runs the peer on loaded tables and prints nanoseconds
(median), KiB above the loaded input, and the digest of the result.
"""

import statistics
import sys
import time

import numpy as np
import pyarrow as pa

AS_OF, AS_OF_YMD, WINDOW_AFTER_YMD = 20453, 20251231, 20241231
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
ROUNDS = 3
COLUMNS = ["premium", "claims", "ratio", "recent", "free_years", "tenure", "r", "f", "m", "grp", "tier"]
NAMES = {"prospect": 0, "new": 1, "renewal": 2, "claimed": 3, "blacklist": 4, "A": 5, "B": 6, "C": 7, "D": 8}


def u64(seed, count):
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * GOLDEN
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def ints(seed, count, low, high):
    return low + ((u64(seed, count) >> np.uint64(33)) % np.uint64(high - low)).astype(np.int64)


def ymd(days):
    d = np.asarray(days).astype("datetime64[D]")
    year, month = d.astype("datetime64[Y]"), d.astype("datetime64[M]")
    number = (year.astype(int) + 1970) * 10000 + (month.astype(int) % 12 + 1) * 100 + (d - month).astype(int) + 1
    return number.astype(np.int32)


def tables(n):
    m, k = 2 * n, 3 * n // 10
    unit = (u64(42, m) >> np.uint64(11)).astype(np.float64) * (1.0 / (1 << 53))
    own = (unit**2 * n).astype(np.int32)
    own = ((own.astype(np.uint64) * np.uint64(7919)) % np.uint64(n)).astype(np.int32)
    start = AS_OF - ints(43, m, 0, 3650).astype(np.int32)
    premium = ints(44, m, 20_000, 1_200_000)
    collected = np.where(ints(45, m, 0, 100) < 92, premium, premium * ints(46, m, 0, 100) // 100)
    policy = ints(47, k, 0, m)
    day = np.minimum(start[policy] + ints(48, k, 1, 366), AS_OF).astype(np.int32)
    amount = np.where(ints(49, k, 0, 100) < 85, ints(50, k, 5_000, 600_000), ints(51, k, 600_000, 9_000_000))
    customers = pa.table({"id": np.arange(n, dtype=np.int32), "blacklisted": ints(41, n, 0, 1000) < 2})
    policies = pa.table({"id": own, "start": start, "start_ymd": ymd(start), "collected": collected})
    claims = pa.table({"id": own[policy], "claim_ymd": ymd(day), "paid": amount})
    return customers, policies, claims


def polars(data, n):
    import polars as pl

    c = pl.col
    frames = [pl.from_arrow(table) for table in data]

    def work():
        cus, pol, cla = (frame.lazy() for frame in frames)
        p = pol.group_by("id").agg(
            pl.len().alias("cnt"), c("collected").sum().alias("prem"), c("start_ymd").min().alias("first"), c("start").max().alias("last")
        )
        k = cla.group_by("id").agg(
            c("paid").sum(), (c("claim_ymd") > WINDOW_AFTER_YMD).sum().alias("recent"), c("claim_ymd").max().alias("last_claim")
        )
        j = (
            cus.join(p, on="id", how="left")
            .join(k, on="id", how="left")
            .with_columns(c("prem").fill_null(0), c("paid").fill_null(0), c("recent").fill_null(0).cast(pl.Int64), c("last_claim").fill_null(0))
            .collect()
        )
        has = j.filter(c("cnt").is_not_null())
        h = has.height
        small, big = h // 5, h % 5

        def fifths(key):
            pos = pl.arange(0, h, eager=True)
            edge = big * (small + 1)
            q = pl.when(pos < edge).then(pos // (small + 1)).otherwise(big + (pos - edge) // max(small, 1)) + 1
            label = pl.select(q.cast(pl.Int64)).to_series().alias("x")
            return has.select("id", key).sort([key, "id"]).select("id", label)

        for key, name in (("last", "r"), ("cnt", "f"), ("prem", "m")):
            has = has.join(fifths(key).rename({"x": name}), on="id")
        rank = (
            j.select("id", "prem")
            .sort(["prem", "id"], descending=[True, False])
            .select("id")
            .with_columns(rk=pl.int_range(1, n + 1, dtype=pl.Int64))
        )
        none = c("cnt").is_null()
        lit = pl.lit
        return (
            j.lazy()
            .join(has.lazy().select("id", "r", "f", "m"), on="id", how="left")
            .join(rank.lazy(), on="id")
            .select(
                "id",
                c("prem").alias("premium"),
                c("paid").alias("claims"),
                pl.when(c("prem") > 0).then((2 * c("paid") * 10000 + c("prem")) // (2 * c("prem"))).otherwise(-1).alias("ratio"),
                "recent",
                pl.when(none).then(0).otherwise((AS_OF_YMD - pl.max_horizontal("first", "last_claim")) // 10000).alias("free_years"),
                pl.when(none).then(0).otherwise((AS_OF_YMD - c("first")) // 10000).alias("tenure"),
                c("r").fill_null(0),
                c("f").fill_null(0),
                c("m").fill_null(0),
                pl.when("blacklisted")
                .then(lit("blacklist"))
                .when(c("recent") > 0)
                .then(lit("claimed"))
                .when(c("cnt") >= 2)
                .then(lit("renewal"))
                .when(c("cnt") == 1)
                .then(lit("new"))
                .otherwise(lit("prospect"))
                .alias("grp"),
                pl.when(c("rk") * 100 <= n)
                .then(lit("A"))
                .when(c("rk") * 100 <= 5 * n)
                .then(lit("B"))
                .when(c("rk") * 100 <= 20 * n)
                .then(lit("C"))
                .otherwise(lit("D"))
                .alias("tier"),
            )
            .collect()
        )

    return work, lambda frame: {name: frame[name].to_numpy() for name in ["id", *COLUMNS]}


def pandas(data, n):
    import pandas as pd

    frames = [table.to_pandas() for table in data]

    def work():
        cus, pol, cla = frames
        p = pol.groupby("id").agg(cnt=("start", "size"), prem=("collected", "sum"), first=("start_ymd", "min"), last=("start", "max"))
        cla = cla.assign(recent=cla["claim_ymd"] > WINDOW_AFTER_YMD)
        k = cla.groupby("id").agg(paid=("paid", "sum"), recent=("recent", "sum"), last_claim=("claim_ymd", "max"))
        j = cus.merge(p, on="id", how="left").merge(k, on="id", how="left")
        for name in ("cnt", "prem", "paid", "recent", "last_claim", "first", "last"):
            j[name] = j[name].fillna(0).astype("int64")
        has = j[j["cnt"] > 0]
        size = np.full(5, len(has) // 5)
        size[: len(has) % 5] += 1
        label = np.repeat(np.arange(1, 6), size)
        for key, name in (("last", "r"), ("cnt", "f"), ("prem", "m")):
            order = has.sort_values([key, "id"]).index
            j[name] = pd.Series(label, index=order).reindex(j.index, fill_value=0)
        order = j.sort_values(["prem", "id"], ascending=[False, True]).index
        rk = pd.Series(np.arange(1, n + 1), index=order).reindex(j.index)
        prem, paid, none = j["prem"], j["paid"], j["cnt"] == 0
        groups = [j["blacklisted"], j["recent"] > 0, j["cnt"] >= 2, j["cnt"] == 1]
        return pd.DataFrame(
            {
                "id": j["id"],
                "premium": prem,
                "claims": paid,
                "ratio": np.where(prem > 0, (2 * paid * 10000 + prem) // (2 * prem).where(prem > 0, 1), -1),
                "recent": j["recent"],
                "free_years": np.where(none, 0, (AS_OF_YMD - np.maximum(j["first"], j["last_claim"])) // 10000),
                "tenure": np.where(none, 0, (AS_OF_YMD - j["first"]) // 10000),
                "r": j["r"],
                "f": j["f"],
                "m": j["m"],
                "grp": np.select(groups, ["blacklist", "claimed", "renewal", "new"], "prospect"),
                "tier": np.select([rk * 100 <= n, rk * 100 <= 5 * n, rk * 100 <= 20 * n], ["A", "B", "C"], "D"),
            }
        )

    return work, lambda frame: {name: frame[name].to_numpy() for name in ["id", *COLUMNS]}


def duckdb(data, n):
    import duckdb

    con = duckdb.connect(config={"threads": 1})
    for name, table in zip(("cus", "pol", "cla"), data, strict=True):
        con.register("incoming", table)
        con.execute(f"create table {name} as select * from incoming")
        con.unregister("incoming")
    sql = f"""create or replace table res as
    with p as (select id, count(*) cnt, sum(collected)::BIGINT prem, min(start_ymd) first_ymd, max("start") last_day from pol group by 1),
    c as (select id, sum(paid)::BIGINT paid, count(*) filter (claim_ymd > {WINDOW_AFTER_YMD}) c12, max(claim_ymd) last_claim from cla group by 1),
    j as (select cu.id, blacklisted, p.cnt, coalesce(p.prem, 0) prem, p.first_ymd, p.last_day, coalesce(c.paid, 0) paid,
                 coalesce(c.c12, 0) c12, c.last_claim from cus cu left join p using(id) left join c using(id)),
    q as (select id, ntile(5) over (order by last_day, id) r, ntile(5) over (order by cnt, id) f,
                 ntile(5) over (order by prem, id) m from j where cnt is not null),
    t as (select id, row_number() over (order by prem desc, id) rk from j)
    select j.id, prem as premium, paid as claims, case when prem > 0 then (2 * paid * 10000 + prem) // (2 * prem) else -1 end as ratio, c12 as recent,
      case when cnt is null then 0 else ({AS_OF_YMD} - greatest(first_ymd, coalesce(last_claim, 0))) // 10000 end as free_years,
      case when cnt is null then 0 else ({AS_OF_YMD} - first_ymd) // 10000 end as tenure,
      coalesce(r, 0) r, coalesce(f, 0) f, coalesce(m, 0) m,
      case when blacklisted then 'blacklist' when c12 > 0 then 'claimed' when cnt >= 2 then 'renewal' when cnt = 1 then 'new' else 'prospect' end as grp,
      case when rk * 100 <= {n} then 'A' when rk * 100 <= 5 * {n} then 'B' when rk * 100 <= 20 * {n} then 'C' else 'D' end as tier
    from j left join q using(id) join t using(id)"""
    return lambda: con.execute(sql), lambda _: con.execute("select * from res").fetchnumpy()


def digest(columns):
    ident = np.asarray(columns["id"]).astype(np.uint64) + np.uint64(1)
    mix = np.zeros(len(ident), np.uint64)
    with np.errstate(over="ignore"):
        for name in COLUMNS:
            values = np.asarray(columns[name])
            if values.dtype.kind in "OUST":
                values = np.array([NAMES[value] for value in values.tolist()])
            mix = (mix ^ values.astype(np.int64).astype(np.uint64)) * GOLDEN + ident
        return f"{int(mix.sum()):016x}"


def status(key):
    with open("/proc/self/status", encoding="ascii") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith(key + ":"))


def peak_above(work):
    """The first run, with the peak of memory above what was there before, in KiB; 0 where it can't be told."""
    try:
        before = status("VmRSS")
        with open("/proc/self/clear_refs", "w", encoding="ascii") as reset:
            reset.write("5")
        return work(), status("VmHWM") - before
    except OSError:
        return work(), 0


def main():
    peer, n = sys.argv[1], int(sys.argv[2])
    work, columns = {"polars": polars, "pandas": pandas, "duckdb": duckdb}[peer](tables(n), n)
    result, peak = peak_above(work)
    found = digest(columns(result))
    result = None
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter_ns()
        result = work()
        times.append(time.perf_counter_ns() - start)
        result = None
    print(int(statistics.median(times)), peak, found)


main()
