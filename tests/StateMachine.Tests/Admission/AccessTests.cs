using Chain.Primitives.Crypto;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;

namespace Chain.StateMachine.Tests.Admission;

public sealed class AccessTests
{
    private static readonly PublicKey Node = TestKeys.PublicOf("peer");

    private readonly AdmissionWorld _world = new();

    private bool HasAccess => Accesses.ExpiryOf(_world.State, Node, _world.Now) is not null;

    [Fact]
    public void Peer_asks_is_granted_and_its_access_expires()
    {
        ulong before = _world.Chain.Balance("alice");
        Assert.Equal(ResultCode.NotFound, _world.Send("provider", Admit.GrantAccess(Node, _world.Later)));
        _world.Must("alice", _world.Access("alice", "peer"));
        Assert.False(HasAccess);
        Assert.Equal(Parameters.Devnet.StorageDeposit, AccessRequests.Read(_world.State, Node)!.StorageDeposit);
        Assert.Equal(ResultCode.Exists, _world.Send("bob", _world.Access("bob", "peer")));

        MarketTime expires = _world.Now + 100;
        _world.Must("provider", Admit.GrantAccess(Node, expires));
        Assert.True(HasAccess);
        Assert.Null(AccessRequests.Read(_world.State, Node));
        // Only the fee is gone: the deposit came back.
        Assert.True(_world.Chain.Balance("alice") > before - Parameters.Devnet.StorageDeposit);
        Assert.Equal(ResultCode.Exists, _world.Send("alice", _world.Access("alice", "peer")));
        _world.Must("provider", Admit.GrantAccess(Node, expires + 50));
        _world.Pass(100);
        Assert.True(HasAccess);
        _world.Pass(60);
        Assert.False(HasAccess);
        Assert.Empty(Accesses.All(_world.State, default));
    }

    [Fact]
    public void Request_and_access_end_when_the_key_says_so_whoever_asked()
    {
        _world.Must("alice", _world.Access("alice", "peer"));
        _world.Must("bob", _world.Access("bob", "peer", AccessAction.Leave));
        Assert.Null(AccessRequests.Read(_world.State, Node));
        Assert.Equal(ResultCode.NotFound, _world.Send("alice", _world.Access("alice", "peer", AccessAction.Leave)));
        _world.Must("alice", _world.Access("alice", "peer"));
        _world.Must("provider", Admit.GrantAccess(Node, _world.Later));
        _world.Must("alice", _world.Access("alice", "peer", AccessAction.Leave));
        Assert.False(HasAccess);
        Assert.Equal(ResultCode.NotFound, _world.Send("provider", Admit.RevokeAccess(Node)));
    }

    [Fact]
    public void Access_is_revoked()
    {
        _world.Must("alice", _world.Access("alice", "peer"));
        Assert.Equal(ResultCode.NotFound, _world.Send("provider", Admit.RevokeAccess(Node)));
        _world.Must("provider", Admit.GrantAccess(Node, MarketTime.Never));
        Assert.True(_world.Peers().Admits(Node));
        _world.Must("provider", Admit.RevokeAccess(Node));
        Assert.False(_world.Peers().Admits(Node));
    }

    [Fact]
    public void Request_that_nobody_decides_about_goes_and_pays_its_deposit_back()
    {
        _world.Must("alice", _world.Access("alice", "peer"));
        ulong before = _world.Chain.Balance("alice");
        _world.Pass(Parameters.Devnet.AdmissionSeconds);
        Assert.Null(AccessRequests.Read(_world.State, Node));
        Assert.Equal(before + Parameters.Devnet.StorageDeposit, _world.Chain.Balance("alice"));
    }

    [Fact]
    public void Proof_of_another_sender_chain_action_or_key_is_refused()
    {
        RequestAccess good = _world.Access("alice", "peer");
        Assert.Equal(ResultCode.BadProof, _world.Send("bob", good));
        Assert.Equal(ResultCode.BadProof, _world.Send("alice", good with { Action = AccessAction.Leave }));
        Assert.Equal(ResultCode.BadProof, _world.Send("alice", good with { NodeKey = TestKeys.PublicOf("other") }));
        using PrivateKey key = TestKeys.Of("peer");
        RequestAccess elsewhere = RequestAccess.Sign("devnet-2", TestKeys.AddressOf("alice"), AccessAction.Ask, key);
        Assert.Equal(ResultCode.BadProof, _world.Send("alice", elsewhere));
    }

    [Fact]
    public void Asker_without_the_deposit_is_refused()
    {
        _world.Must("alice", new StateMachine.Transactions.Transfer.Transfer(TestKeys.AddressOf("poor"), 1_000_000, default));
        Assert.Equal(ResultCode.InsufficientFunds, _world.Block(
            _world.Chain.Sign("poor", [_world.Access("poor", "peer")], feeMax: 1_000_000)).Results[0].Code);
    }
}
