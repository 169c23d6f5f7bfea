using System.Globalization;
using BenchmarkDotNet.Running;
using Chain.Benchmarks;

if (args.Length > 0 && args[0] == "size")
{
    StateSize.Run(args[1..]);
    return 0;
}
if (args.Length > 0 && args[0] == "--rocks")
{
    return RocksComparison.Run(args.Length > 1 ? args[1] : null, args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1);
}
BenchmarkSwitcher.FromAssembly(typeof(BenchmarkSettings).Assembly).Run(args, BenchmarkSettings.Create());
return 0;
