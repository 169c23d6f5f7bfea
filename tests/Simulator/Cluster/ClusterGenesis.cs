using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.Simulator.Options;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;

namespace Chain.Simulator.Cluster;

/// <summary>The chain that a run's validators begin.</summary>
internal static class ClusterGenesis
{
    public const string ChainId = "simulated-1";
    public const long StartUnixMs = 1_800_000_000_000;

    private const ulong Credit = 1_000_000_000;

    public static GenesisDocument Make(RunOptions options, ClusterKeys keys)
    {
        Parameters parameters = ParametersOf(options);
        List<GenesisValidator> validators = [];
        List<GenesisProvider> providers = [];
        List<GenesisSeat> seats = [];
        List<GenesisAccount> accounts = [];
        for (int i = 0; i < options.Powers.Count; i++)
        {
            PublicKey validator = keys.Validators[i].First.PublicKey;
            Address provider = keys.Operators[i].Address;
            // Power is the stake in whole credits; ten for each of the options', so that a bond moves it a little.
            ulong credits = (ulong)options.Powers[i] * 10;
            validators.Add(new GenesisValidator(validator, (long)credits, $"v{i}"));
            providers.Add(new GenesisProvider(
                provider, credits * Credit, "local", [], [new ClassCapacity(ResourceClass.CpuMilli, 100_000)], "",
                default));
            // Admission by key is the network's; the simulated one lets everybody in.
            seats.Add(new GenesisSeat(provider, validator, keys.Nodes[i].First.PublicKey));
            accounts.Add(new GenesisAccount(provider, 10_000 * Credit));
        }
        foreach (KeyLine client in keys.Accounts) accounts.Add(new GenesisAccount(client.Address, 100_000 * Credit));
        return new GenesisDocument(
            Timestamp.FromUnixMs(StartUnixMs), ChainId, InitialHeight: 1, AppVersion: 1, parameters, validators, AppHash: null,
            accounts, providers, seats, [], []);
    }

    private static Parameters ParametersOf(RunOptions options)
    {
        ulong percent = (ulong)options.TimeoutPercent;
        Parameters parameters = Parameters.Devnet
            .With(ParameterId.EmptyBlockIntervalMs, (ulong)options.EmptyBlockMs)
            .With(ParameterId.MinBlockIntervalMs, (ulong)options.MinBlockMs)
            .With(ParameterId.PowerPerSeat, 0)
            .With(ParameterId.StakeMinProvider, Credit);
        foreach (ParameterId id in (ParameterId[])[
            ParameterId.ProposeMs, ParameterId.ProposeDeltaMs, ParameterId.PrevoteMs, ParameterId.PrevoteDeltaMs,
            ParameterId.PrecommitMs, ParameterId.PrecommitDeltaMs])
        {
            parameters = parameters.With(id, parameters[id] * percent / 100);
        }
        return parameters;
    }
}
