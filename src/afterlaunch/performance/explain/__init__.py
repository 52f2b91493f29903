"""Why a metric fell: the change of a mean loss in two rival accountings, each with parts that add up."""
