using System;
using Chain.Cli;

return await CommandLine.RunAsync(args, Console.Out, Console.Error);
