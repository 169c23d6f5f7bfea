using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Primitives.Bytes;
using Chain.Primitives.Merkle;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Proof.Logs;
using Chain.StateMachine.Proof.Storage;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Trust.Reputation;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Proof;

public sealed class StorageTests
{
    private static readonly List<byte[]> Leaves = [.. Enumerable.Range(0, 100).Select(i => BitConverter.GetBytes(i))];
    private static readonly Hash256 Root = MerkleTree.Root(Leaves);

    private readonly MarketWorld _world = new();

    [Fact]
    public void Data_that_both_sides_name_is_challenged_each_period_and_proven()
    {
        ulong lease = Stored();
        for (int period = 0; period < 3; period++)
        {
            Challenge(lease);
            Assert.Equal(DataSetState.Open, SetOf(lease).State);
            _world.Must(ProviderA, Proof(lease));
            Assert.Equal((DataSetState.Idle, 0UL), (SetOf(lease).State, SetOf(lease).Faults));
        }
        Assert.Equal(3_000_000UL, ReputationBook.Read(_world.State, ProviderA, ReputationPart.Proof).Seasons[0].Good);
        Assert.Equal(ResultCode.AlreadyDone, _world.Send(ProviderA, Proof(lease)));
        _world.Must(Tenant, new CloseLease(lease, CloseReason.Done, CloseMode.Now));
        _world.Advance(40);
        Assert.Null(DataSet.Load(_world.State, lease));
    }

    [Fact]
    public void A18_leaf_that_was_not_asked_for_or_is_not_in_the_tree_proves_nothing()
    {
        ulong lease = Stored();
        Assert.Equal(ResultCode.TooEarly, TooEarly(lease));
        Challenge(lease);
        ProveData good = Proof(lease);
        Assert.Equal(ResultCode.NotOwner, _world.Send(Tenant, good));
        Assert.Equal(ResultCode.NotFound, _world.Send(ProviderA, good with { LeaseId = 99 }));
        Assert.Equal(ResultCode.BadProof, _world.Send(ProviderA, good with { Proofs = [.. good.Proofs.Take(4)] }));
        Assert.Equal(ResultCode.BadProof, _world.Send(ProviderA, good with { Proofs = [.. good.Proofs.Reverse()] }));
        StorageProof forged = good.Proofs[0] with { Leaf = [1, 2, 3] };
        Assert.Equal(ResultCode.BadProof, _world.Send(ProviderA, good with { Proofs = [forged, .. good.Proofs.Skip(1)] }));
        StorageProof cut = good.Proofs[0] with { Path = [] };
        Assert.Equal(ResultCode.BadProof, _world.Send(ProviderA, good with { Proofs = [cut, .. good.Proofs.Skip(1)] }));
        _world.Must(ProviderA, good);
    }

    [Fact]
    public void P11_period_that_is_not_proven_earns_nothing_until_the_next_proof_and_three_jail_the_provider()
    {
        ulong lease = Stored();
        Challenge(lease);
        _world.Advance(10);
        Assert.Equal((DataSetState.Idle, 1UL), (SetOf(lease).State, SetOf(lease).Faults));
        Assert.Equal(ResultCode.TooLate, _world.Send(ProviderA, new ProveData(lease, [])));
        ulong claimable = _world.LeaseAt(lease).Claimable;
        ulong bucket = _world.LeaseAt(lease).Bucket;
        _world.Advance(10);
        // The epoch's pay went back into the bucket.
        Assert.Equal((claimable, bucket), (_world.LeaseAt(lease).Claimable, _world.LeaseAt(lease).Bucket));
        _world.Advance(10);
        _world.FinishRound();
        _world.Must(ProviderA, Proof(lease));
        _world.Advance(10);
        Assert.True(_world.LeaseAt(lease).Claimable > claimable);
        _world.Advance(10);
        for (int i = 0; i < 3; i++)
        {
            _world.FinishRound();
            Assert.Equal(DataSetState.Open, SetOf(lease).State);
            _world.Advance(10);
            _world.Advance(20);
        }
        Assert.Equal(ProviderStatus.Jailed, _world.ProviderAt(ProviderA).Status);
        // The lease ends as if its provider had left: 20 s of notice at 4,000,000 go to the tenant.
        Assert.Equal((LeaseState.Final, CloseReason.Faulted), (_world.LeaseAt(lease).State, _world.LeaseAt(lease).Reason));
        Assert.Equal(Stake - 80_000_000, _world.ProviderAt(ProviderA).Bonded);
    }

    [Fact]
    public void Silent_beacon_is_no_fault_of_the_provider()
    {
        ulong lease = Stored();
        _world.Advance(20);
        Assert.Equal(DataSetState.Drawing, SetOf(lease).State);
        Assert.Equal(ResultCode.BadState, _world.Send(Tenant, new NameData(lease, HashOf(1), 7)));
        _world.Advance(10);
        Assert.Equal((DataSetState.Idle, 0UL), (SetOf(lease).State, SetOf(lease).Faults));
    }

    [Fact]
    public void Naming_data_that_breaks_a_rule_is_refused_with_its_code()
    {
        ulong pending = _world.MakeLease();
        ulong lease = _world.StartedLease(Terms(prepaid: 1000));
        NameData good = new(lease, Root, 100);
        Assert.Equal(ResultCode.NotFound, _world.Send(Tenant, good with { LeaseId = 99 }));
        Assert.Equal(ResultCode.NotOwner, _world.Send(Stranger, good));
        Assert.Equal(ResultCode.BadState, _world.Send(Tenant, good with { LeaseId = pending }));
        Assert.Equal(ResultCode.BelowMinimum, _world.Send(Tenant, good with { Leaves = 0 }));
        Assert.Equal(ResultCode.BelowMinimum, _world.Send(Tenant, good with { Root = default }));
        Assert.Equal(ResultCode.OverMaximum, _world.Send(Tenant, good with { Leaves = (1UL << 40) + 1 }));
        _world.Must(Tenant, good);
        Assert.Equal(ResultCode.AlreadyDone, _world.Send(Tenant, good));
        // What one side alone names binds nobody.
        _world.Advance(100);
        Assert.Equal(DataSetState.Proposed, SetOf(lease).State);
        _world.Must(ProviderA, good with { Leaves = 99 });
        _world.Must(Tenant, good with { Leaves = 99 });
        Assert.Equal(DataSetState.Idle, SetOf(lease).State);
        Assert.Equal(ResultCode.AlreadyDone, _world.Send(ProviderA, good with { Leaves = 99 }));
        byte[] bytes = SetOf(lease).Encode();
        Assert.True(DataSet.TryDecode(bytes, out DataSet read, out _));
        Assert.Equal(bytes, read.Encode());
    }

    [Fact]
    public void Log_roots_are_anchored_without_gaps_and_none_is_replaced()
    {
        ulong lease = _world.StartedLease(Terms(prepaid: 1000));
        ulong pending = _world.MakeLease();
        AnchorLog first = new(lease, 1, HashOf(1));
        Assert.Equal(ResultCode.NotFound, _world.Send(ProviderA, first with { LeaseId = 99 }));
        Assert.Equal(ResultCode.NotOwner, _world.Send(Tenant, first));
        Assert.Equal(ResultCode.BadProof, _world.Send(ProviderA, first with { Root = default }));
        Assert.Equal(ResultCode.TooEarly, _world.Send(ProviderA, first with { Index = 2 }));
        _world.Must(ProviderA, first);
        Assert.Equal(ResultCode.Replay, _world.Send(ProviderA, first with { Root = HashOf(2) }));
        _world.Must(ProviderA, new AnchorLog(lease, 2, HashOf(2)));
        Assert.Equal((2UL, HashOf(2)), AnchorLogRules.Find(_world.State, lease));
        _world.Must(ProviderA, first with { LeaseId = pending });
        _world.Must(Tenant, new CloseLease(lease, CloseReason.Done, CloseMode.Now));
        _world.Advance(50);
        Assert.Equal(ResultCode.BadState, _world.Send(ProviderA, new AnchorLog(lease, 3, HashOf(3))));
        _world.Advance(4000);
        Assert.Null(AnchorLogRules.Find(_world.State, lease));
    }

    private ulong Stored()
    {
        ulong lease = _world.StartedLease(Terms(prepaid: 1000));
        _world.Must(Tenant, new NameData(lease, Root, 100));
        _world.Must(ProviderA, new NameData(lease, Root, 100));
        return lease;
    }

    private DataSet SetOf(ulong lease) => DataSet.Load(_world.State, lease)!;

    private void Challenge(ulong lease)
    {
        _world.Advance(20);
        Assert.Equal(DataSetState.Drawing, SetOf(lease).State);
        _world.FinishRound();
    }

    private ResultCode TooEarly(ulong lease)
    {
        _world.Advance(19);
        _world.Must(Tenant, new NameData(lease, HashOf(1), 7));
        ResultCode code = _world.Send(ProviderA, new ProveData(lease, []));
        _world.Must(Tenant, new NameData(lease, Root, 100));
        _world.Must(ProviderA, new NameData(lease, Root, 100));
        return code;
    }

    private ProveData Proof(ulong lease)
    {
        DataSet set = SetOf(lease);
        List<StorageProof> proofs = [];
        if (set.Seed.IsZero) return new ProveData(lease, proofs);
        foreach (ulong place in set.Challenged(5))
        {
            MerkleProof proof = MerkleTree.Prove(Leaves, (int)place);
            proofs.Add(new StorageProof(Leaves[(int)place], proof.Aunts));
        }
        return new ProveData(lease, proofs);
    }
}
