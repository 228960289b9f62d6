/* list.h - the sources. The last one takes any path. */
SOURCE(stdin)
SOURCE(synth)
SOURCE(follow)
SOURCE(follow_all)
SOURCE(weir)
SOURCE(file)
