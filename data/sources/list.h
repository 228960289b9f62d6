/* list.h - the sources. The last one takes any path. */
SOURCE(stdin)
SOURCE(synth)
SOURCE(weir)
SOURCE(file)
