using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;

namespace Chain.Node.Hosting;

/// <summary>The genesis of a chain whose first validators are known, all of equal power.</summary>
public static class NetworkGenesis
{
    public static GenesisDocument Of(InitOptions options, IReadOnlyList<GenesisMember> members)
    {
        List<GenesisValidator> validators = [];
        List<GenesisProvider> providers = [];
        List<GenesisSeat> seats = [];
        foreach (GenesisMember member in members)
        {
            GenesisProvider provider = ProviderOf(member.Operator, options.Parameters);
            providers.Add(provider);
            validators.Add(new GenesisValidator(
                member.ValidatorKey, SeatPower.Of(provider.Stake, options.Parameters), member.Moniker));
            seats.Add(new GenesisSeat(member.Operator, member.ValidatorKey, member.NodeKey));
        }
        return new GenesisDocument(
            Timestamp.FromUnixMs(options.GenesisMs),
            options.ChainId,
            InitialHeight: 1,
            AppVersion: 1,
            options.Parameters,
            validators,
            AppHash: null,
            options.Accounts,
            providers,
            seats,
            options.Accreditations,
            []);
    }

    /// <summary>With the least stake, and a token capacity that it may change later.</summary>
    private static GenesisProvider ProviderOf(in Address account, Parameters parameters) => new(
        account,
        parameters.StakeMinProvider,
        "local",
        [],
        [new ClassCapacity(ResourceClass.CpuMilli, 1_000)],
        "",
        Hash256.From(new byte[Hash256.Size]));
}
