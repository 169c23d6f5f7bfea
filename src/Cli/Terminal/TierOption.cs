using System.CommandLine;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.Cli.Terminal;

/// <summary>Options that name a tier.</summary>
internal static class TierOption
{
    public static Option<byte> Of(string name, string description) =>
        new(name) { Description = $"{description}, 1 to {Tiers.Max} (default: none).", HelpName = "TIER" };
}
