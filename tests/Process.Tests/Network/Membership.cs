using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Keys;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Register;

namespace Chain.Process.Tests.Network;

/// <summary>Changes who belongs to a network, by transactions alone.</summary>
internal static class Membership
{
    /// <summary>The node asks, and the validators vote for it.</summary>
    public static async Task GrantAccessAsync(
        TestNetwork network, NetworkNode newcomer, IReadOnlyList<NetworkNode> validators, CancellationToken cancel)
    {
        string chainId = (await validators[0].Client.StatusAsync(cancel)).ChainId;
        using PrivateKey nodeKey = KeyFile.Load(newcomer.Home.NodeKeyFile);
        Address sender = newcomer.Operator.PublicKey.Address;
        await network.SendAsync(
            newcomer, validators[0], RequestAccess.Sign(chainId, sender, AccessAction.Ask, nodeKey), cancel);
        await AdmitAsync(network, validators, Admit.GrantAccess(nodeKey.PublicKey, MarketTime.Never), cancel);
    }

    /// <summary>The validators take it back.</summary>
    public static async Task RevokeAccessAsync(
        TestNetwork network, NetworkNode node, IReadOnlyList<NetworkNode> validators, CancellationToken cancel)
    {
        using PrivateKey nodeKey = KeyFile.Load(node.Home.NodeKeyFile);
        await AdmitAsync(network, validators, Admit.RevokeAccess(nodeKey.PublicKey), cancel);
    }

    /// <summary>The node's operator registers as a provider and asks; the validators grant it the seat.</summary>
    public static async Task GrantSeatAsync(
        TestNetwork network, NetworkNode newcomer, IReadOnlyList<NetworkNode> validators, CancellationToken cancel)
    {
        string chainId = (await validators[0].Client.StatusAsync(cancel)).ChainId;
        using PrivateKey consensusKey = KeyFile.Load(newcomer.Home.ValidatorKeyFile);
        using PrivateKey nodeKey = KeyFile.Load(newcomer.Home.NodeKeyFile);
        Address sender = newcomer.Operator.PublicKey.Address;
        Register register = new(
            Role.Provider, Parameters.Devnet.StakeMinProvider, "", default,
            [new ClassCapacity(ResourceClass.CpuMilli, 1_000)], "DE", [], 1);
        // Both through its own node: another one may be a block ahead, and know a sequence that this one does not know yet.
        await network.SendAsync(newcomer, newcomer, register, cancel);
        await network.SendAsync(newcomer, newcomer, RequestSeat.SignAsk(chainId, sender, consensusKey, nodeKey), cancel);
        await AdmitAsync(network, validators, Admit.GrantSeat(sender, MarketTime.Never), cancel);
    }

    /// <summary>The node's operator gives its seat up.</summary>
    public static Task LeaveAsync(TestNetwork network, NetworkNode leaver, CancellationToken cancel) =>
        network.SendAsync(leaver, leaver, RequestSeat.Leave, cancel);

    /// <summary>Waits until every running node names exactly these validators for a block that it has.</summary>
    public static async Task SetIsAsync(TestNetwork network, IEnumerable<NetworkNode> expected, CancellationToken cancel)
    {
        List<Address> addresses = [.. expected.Select(node => node.Member.ValidatorKey.Address).Order()];
        foreach (NetworkNode node in network.Running.ToList())
        {
            await network.UntilAsync(async () =>
            {
                Height height = await node.HeightAsync(cancel);
                IReadOnlyList<Validator> set = await node.Client.ValidatorsAsync(height, cancel);
                return set.Select(validator => validator.PublicKey.Address).Order().SequenceEqual(addresses);
            }, $"node {node.Number} has {addresses.Count} validators", cancel);
        }
    }

    /// <summary>As many of the validators vote as it takes: more than 2/3.</summary>
    private static async Task AdmitAsync(
        TestNetwork network, IReadOnlyList<NetworkNode> validators, Message proposal, CancellationToken cancel)
    {
        int needed = (validators.Count * 2 / 3) + 1;
        foreach (NetworkNode voter in validators.Take(needed)) await network.SendAsync(voter, voter, proposal, cancel);
    }
}
