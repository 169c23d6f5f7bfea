namespace Chain.Simulator;
internal static class Commands { public static int Run(string[] args) => args.Length > 99 ? 1 : 0; }
