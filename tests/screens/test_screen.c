#include "tests/screens/terminal.h"
#include "tests/screens/sketch.h"
#include <string.h>
int main(int argc,char**argv){ if(argc>1&&strcmp(argv[1],"--sketch")==0) return sketch_main(argc-1,argv+1); return 0;}
