using System.CommandLine;
using System.Globalization;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.Cli.Terminal;

/// <summary>Options that name a tier.</summary>
internal static class TierOption
{
    public static Option<byte> Of(string name, string description)
    {
        Option<byte> option = new(name) { Description = $"{description}, 1 to {Tiers.Max} (default: none).", HelpName = "TIER" };
        option.Validators.Add(result =>
        {
            bool isTier = result.Tokens.Count == 1
                && byte.TryParse(result.Tokens[0].Value, NumberStyles.None, NumberFormatInfo.InvariantInfo, out byte tier)
                && tier <= Tiers.Max;
            if (!isTier) result.AddError($"{name} is a number from 0 to {Tiers.Max}.");
        });
        return option;
    }
}
