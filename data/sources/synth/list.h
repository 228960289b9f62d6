/* list.h - the generators, as `weir list sources` shows them. The first is the default. */
GENERATOR(reactor)
GENERATOR(sine)
GENERATOR(random_walk)
GENERATOR(seasonal)
GENERATOR(drift)
GENERATOR(trades)
GENERATOR(clicks)
GENERATOR(visits)
