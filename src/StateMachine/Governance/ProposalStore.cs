using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Core;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Governance;

/// <summary>Load and store of proposals and of their ballots. A proposal has one entry in the timed queue, at <see cref="Proposal.Due"/>.</summary>
public static class ProposalStore
{
    private const int BallotCodecVersion = 1;

    private static readonly TimedRecords<Proposal> Records = new(
        Schema.Proposal, TimedKind.Proposal, Proposal.TryDecode, proposal => proposal.Encode(), proposal => proposal.Id,
        proposal => proposal.Due, proposal => proposal.Deposited);

    /// <summary>The proposal as it was written, or null. Messages use <see cref="ProposalClock.Load"/>.</summary>
    public static Proposal? Read(IStateReader state, ulong id) => Records.Read(state, id);

    /// <summary>Writes a proposal; <paramref name="before"/> is the record in its place, whose deadline is called off.</summary>
    public static void Store(StateOverlay state, Proposal proposal, Proposal? before) => Records.Store(state, before, proposal);

    /// <summary>Removes a proposal with its ballots.</summary>
    public static void Delete(StateOverlay state, Proposal proposal)
    {
        Records.Delete(state, proposal);
        byte[] from = Schema.Key(Schema.Ballot, proposal.Id);
        foreach (KeyValuePair<byte[], byte[]> ballot in state.Range(StoreId.Market, from, Schema.RangeEnd(from)))
        {
            state.Delete(StoreId.Market, ballot.Key);
        }
    }

    /// <summary>How somebody voted, or null.</summary>
    public static VoteChoice? Ballot(IStateReader state, ulong proposal, in Address voter)
    {
        byte[]? bytes = state.Get(StoreId.Market, BallotKey(proposal, voter));
        return bytes is null ? null : DecodeBallot(bytes);
    }

    private static VoteChoice DecodeBallot(byte[] bytes)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        ulong version = reader.UInt();
        VoteChoice choice = (VoteChoice)reader.UInt8((byte)VoteChoice.Abstain);
        reader.EndArray();
        Invariant.Holds(reader.TryFinish(out _) && version == BallotCodecVersion, "a stored ballot is canonical");
        return choice;
    }

    /// <summary>Every ballot on a proposal, by voter ascending.</summary>
    public static IEnumerable<(Address Voter, VoteChoice Choice)> Ballots(IStateReader state, ulong proposal)
    {
        byte[] from = Schema.Key(Schema.Ballot, proposal);
        foreach ((byte[] key, byte[] value) in state.Range(StoreId.Market, from, Schema.RangeEnd(from)))
        {
            yield return (Address.From(key.AsSpan(from.Length)), DecodeBallot(value));
        }
    }

    public static void StoreBallot(StateOverlay state, ulong proposal, in Address voter, VoteChoice choice) => state.Put(
        StoreId.Market,
        BallotKey(proposal, voter),
        new MessagePackWriter().Array(2).UInt(BallotCodecVersion).UInt((ulong)choice).ToArray());

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Records.HeldBy(value);

    private static byte[] BallotKey(ulong proposal, in Address voter) => [.. Schema.Key(Schema.Ballot, proposal), .. voter.Span];
}
