// What the self-contained program has of its own, so that it asks the system for less.
#include <stdint.h>
#include <sys/random.h>

// SwiftPM's name for the program's main, and the Swift runtime's way to be told the arguments.
int rdbounds_main(int argc, char **argv);
void _swift_stdlib_overrideUnsafeArgvArgc(char **argv, int argc);

// The runtime would read the arguments in /proc, which a bare root has not.
int main(int argc, char **argv) {
  _swift_stdlib_overrideUnsafeArgvArgc(argv, argc);
  return rdbounds_main(argc, argv);
}

// The C library has this from glibc 2.36 on, and libstdc++, where it was built against that, asks for it: the same by the system
// call underneath, so that the program runs with glibc 2.35.
uint32_t arc4random(void) {
  uint32_t value;
  while (getrandom(&value, sizeof value, 0) != sizeof value) {
  }
  return value;
}
