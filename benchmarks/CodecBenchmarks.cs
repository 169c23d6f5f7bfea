using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using Chain.Node.Peers.Messages;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Transactions;

namespace Chain.Benchmarks;

/// <summary>Canonical MessagePack of a transaction with one transfer, of a vote between nodes, and of a block of 100 transfers.</summary>
public class CodecBenchmarks
{
    private const int TransferCount = 100;
    private const int ValidatorCount = 4;

    private readonly SignedTransaction _transfer = Samples.Transfer(1, Samples.AddressOf(2));
    private readonly PeerMessage _vote;
    private readonly byte[] _voteBytes;
    private readonly Block _block;
    private readonly byte[] _blockBytes;

    public CodecBenchmarks()
    {
        BlockId id = new(Samples.HashOf(1), new PartSetHeader(1, Samples.HashOf(2)));
        _vote = new PeerMessage.VoteCast(new Vote(
            VoteType.Precommit, new Height(1_000_000), new Round(0), id, Samples.Time, Samples.AddressOf(1), 1, default));
        _voteBytes = _vote.Encode();
        List<byte[]> transfers = [];
        for (int i = 0; i < TransferCount; i++) transfers.Add(Samples.Transfer(i, Samples.AddressOf(i + 1)).Bytes);
        List<CommitSig> signatures = [];
        for (int i = 0; i < ValidatorCount; i++)
        {
            signatures.Add(new CommitSig(BlockIdFlag.Commit, Samples.AddressOf(i), Samples.Time, default));
        }
        _block = new Block(Samples.Header, transfers, [], new Commit(new Height(999_999), new Round(0), id, signatures));
        _blockBytes = _block.Encode();
    }

    [Benchmark]
    public byte[] EncodeTransfer() => _transfer.Body.Encode();

    /// <summary>With the body inside it and the id (SHA-256); without the signature's check.</summary>
    [Benchmark]
    public bool DecodeTransfer() => SignedTransaction.TryDecode(_transfer.Bytes, out _, out _);

    [Benchmark]
    public byte[] EncodeVote() => _vote.Encode();

    [Benchmark]
    public bool DecodeVote() => PeerMessage.TryDecode(_voteBytes, out _, out _);

    /// <summary>As it is stored and sent.</summary>
    [Benchmark]
    public byte[] EncodeBlock() => _block.Encode();

    [Benchmark]
    public bool DecodeBlock() => Block.TryDecode(_blockBytes, out _, out _);
}
