using System;
using Chain.Consensus.Core;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;

namespace Chain.Consensus.Recovery;

/// <summary>
/// One record of the write-ahead log: what the core accepted, in the order it did. Closed. Own messages are records like all
/// others, written before they are sent.
/// </summary>
public abstract record WalRecord
{
    private WalRecord() { }

    /// <summary>A height began; set, timing and last commit come from the state.</summary>
    public sealed record HeightStarted(Height Height, long EmptyBlockWaitMs) : WalRecord;

    /// <summary>Work ended the wait of round 0.</summary>
    public sealed record WorkSeen(Height Height) : WalRecord;

    public sealed record ProposalSeen(Proposal Proposal, long ReceivedMs) : WalRecord;

    public sealed record VoteSeen(Vote Vote) : WalRecord;

    public sealed record ValueJudged(Height Height, BlockId BlockId, bool IsValid, Timestamp Time) : WalRecord;

    /// <summary>A whole block, as <see cref="Block.Encode"/> wrote it; written by the runner for <see cref="Effect.PersistBlock"/>.</summary>
    public sealed record BlockStored(Height Height, BlockId BlockId, ReadOnlyMemory<byte> EncodedBlock) : WalRecord;

    public sealed record TimeoutFired(Timeout Timeout) : WalRecord;

    /// <summary>The height is decided.</summary>
    public sealed record Decided(Commit Commit) : WalRecord;

    /// <summary>The height that the record belongs to.</summary>
    public Height AtHeight => this switch
    {
        HeightStarted record => record.Height,
        WorkSeen record => record.Height,
        ProposalSeen record => record.Proposal.Height,
        VoteSeen record => record.Vote.Height,
        ValueJudged record => record.Height,
        BlockStored record => record.Height,
        TimeoutFired record => record.Timeout.Height,
        Decided record => record.Commit.Height,
        _ => throw new InvariantException("a record of no known kind"),
    };

    /// <summary>Canonical MessagePack: [version, kind, fields…].</summary>
    public byte[] Encode() => WalCodec.Encode(this);

    /// <summary>Total: false on anything that <see cref="Encode"/> does not write.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out WalRecord record, out DecodeError error) =>
        WalCodec.TryDecode(bytes, out record, out error);
}
