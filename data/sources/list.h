/* list.h - the sources. The last one takes any path. */
SOURCE(stdin)
SOURCE(exec)
SOURCE(synth)
SOURCE(file)
