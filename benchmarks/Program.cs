using BenchmarkDotNet.Running;
using Chain.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(BenchmarkSettings).Assembly).Run(args, BenchmarkSettings.Create());
