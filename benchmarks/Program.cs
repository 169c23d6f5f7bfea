using BenchmarkDotNet.Running;
using Chain.Benchmarks;

if (args.Length > 0 && args[0] == "size") StateSize.Run(args[1..]);
else BenchmarkSwitcher.FromAssembly(typeof(BenchmarkSettings).Assembly).Run(args, BenchmarkSettings.Create());
