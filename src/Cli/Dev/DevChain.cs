using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Chain.Client;
using Chain.Client.Wallets;
using Chain.Node.Hosting;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.Cli.Dev;

/// <summary>
/// Makes the home of a development chain: one validator, short times, accounts whose keys everybody knows.
/// </summary>
internal static class DevChain
{
    /// <summary>ncredit that each person starts with: a million credits.</summary>
    public const ulong PersonBalance = 1_000_000 * Amount.NcreditPerCredit;

    private const ulong FaucetBalance = 1_000_000_000 * Amount.NcreditPerCredit;
    private const string Operator = "operator";

    /// <summary>2100-01-01: accreditations of a chain for playing do not run out.</summary>
    private static readonly Timestamp Forever = new(4_102_444_800, 0);

    /// <summary>
    /// Makes keys, genesis and configuration. A home that holds a node already is refused by the node's own rule.
    /// </summary>
    /// <param name="people">Names of funded accounts.</param>
    public static GenesisDocument Create(string home, NodeConfig config, IReadOnlyList<string> people)
    {
        GenesisDocument genesis = NodeInit.Run(new NodeHome(home), OptionsOf(NewChainId("dev"), config, people));
        FillWallet(home, people.Append(Operator));
        return genesis;
    }

    /// <summary>
    /// Makes the homes of a network, <c>node0</c> and so on in a folder, each run by an operator of its own, and one wallet for
    /// all in the folder itself. Every node is told of all others.
    /// </summary>
    /// <param name="configs">One for each node, with its peer address.</param>
    public static GenesisDocument CreateNetwork(string folder, IReadOnlyList<NodeConfig> configs, IReadOnlyList<string> people)
    {
        List<GenesisMember> members = [];
        for (int i = 0; i < configs.Count; i++)
        {
            Address account = DevKeys.PublicKeyOf(OperatorOf(i)).Address;
            members.Add(NodeInit.MakeKeys(HomeOf(folder, i), account, configs[i].Moniker));
        }
        List<string> operators = [.. Enumerable.Range(0, configs.Count).Select(OperatorOf)];
        InitOptions options = OptionsOf(NewChainId("local"), configs[0], [.. people, .. operators]);
        options = options with { Genesis = NetworkGenesis.Of(options, members) };
        for (int i = 0; i < configs.Count; i++)
        {
            configs[i].Peers =
                [.. members.Select((member, place) => AddressOf(member, configs[place])).Where((_, place) => place != i)];
            NodeInit.Run(HomeOf(folder, i), options with { Config = configs[i] });
        }
        FillWallet(folder, people.Concat(operators));
        return options.Genesis;
    }

    /// <summary>The home of a node in a network's folder.</summary>
    public static NodeHome HomeOf(string folder, int node) => new(Path.Combine(folder, $"node{node}"));

    /// <summary>The account behind a node of a network.</summary>
    public static string OperatorOf(int node) => $"{Operator}-{node}";

    private static string AddressOf(GenesisMember member, NodeConfig config) =>
        $"{Hex.Lower(member.NodeKey.Address.Span)}@{config.PeerAddress}";

    private static InitOptions OptionsOf(string chainId, NodeConfig config, IReadOnlyList<string> people) => new(
        chainId,
        DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
        config,
        Parameters.Devnet,
        DevKeys.PublicKeyOf(Operator).Address,
        [.. people.Append(DevKeys.Auditor).Select(p => AccountOf(p, PersonBalance)),
            AccountOf(DevKeys.Faucet, FaucetBalance)],
        Accreditations());

    private static void FillWallet(string home, IEnumerable<string> people)
    {
        Wallet wallet = new(Path.Combine(home, "keys"));
        foreach (string name in people.Append(DevKeys.Auditor).Append(DevKeys.Faucet))
        {
            if (wallet.Find(name) is null) wallet.Create(name, passphrase: null, DevKeys.SeedOf(name));
        }
    }

    /// <summary>A chain id that was most likely never used: <c>name-1a2b3c-1</c>.</summary>
    public static string NewChainId(string name) => $"{name}-{Hex.Lower(RandomNumberGenerator.GetBytes(3))}-1";

    private static GenesisAccount AccountOf(string name, ulong balance) => new(DevKeys.PublicKeyOf(name).Address, balance);

    /// <summary>The auditor may hold the role, and attest under every schema.</summary>
    private static List<GenesisAccreditation> Accreditations()
    {
        Address auditor = DevKeys.PublicKeyOf(DevKeys.Auditor).Address;
        List<GenesisAccreditation> all = [new(auditor, StateMachine.Registry.Accreditations.RoleScope(Role.Auditor),
            Forever)];
        foreach (AttestationSchema schema in Enum.GetValues<AttestationSchema>())
        {
            all.Add(new GenesisAccreditation(auditor, StateMachine.Registry.Accreditations.SchemaScope((byte)schema),
                Forever));
        }
        return all;
    }
}
