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
        NodeHome node = new(home);
        InitOptions options = new(
            NewChainId("dev"),
            DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            config,
            Parameters.Devnet,
            DevKeys.PublicKeyOf(Operator).Address,
            // The operator, too: who votes pays a fee.
            [.. people.Append(DevKeys.Auditor).Append(Operator).Select(p => AccountOf(p, PersonBalance)),
                AccountOf(DevKeys.Faucet, FaucetBalance)],
            Accreditations());
        GenesisDocument genesis = NodeInit.Run(node, options);
        Wallet wallet = new(Path.Combine(home, "keys"));
        foreach (string name in people.Append(DevKeys.Auditor).Append(DevKeys.Faucet).Append(Operator))
        {
            if (wallet.Find(name) is null) wallet.Create(name, passphrase: null, DevKeys.SeedOf(name));
        }
        return genesis;
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
