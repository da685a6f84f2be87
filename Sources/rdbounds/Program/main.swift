import CommandLineInterface

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

exit(Commands.run(Array(CommandLine.arguments.dropFirst())).rawValue)
