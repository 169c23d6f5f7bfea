using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Answers;
using Chain.Networking;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Storage;
using Chain.StateMachine.Transactions;

namespace Chain.Process.Tests.Network;

/// <summary>
/// A block of 4 MiB in a network of four. Only its proposer has the transactions, so all of it travels as bodies; and the way to one of
/// the others is slow.
/// </summary>
[Collection("Network")]
public sealed class FullBlockTests(ITestOutputHelper output)
{
    private const int Proposer = 0;
    private const int Slow = 3;

    /// <summary>Two blocks full: should the proposer's turn come while they are sent, its next block is full.</summary>
    private const int TransactionCount = 132;

    private const int PieceBytes = 512 * 1024;

    [Fact]
    public async Task FullBlock_isDecidedInRoundZero_andVotesPassBetweenItsPieces()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        // A second between two blocks, so that the proposer has them all before its turn; rounds wait for a busy machine.
        Parameters parameters = Parameters.Devnet
            .With(ParameterId.MinBlockIntervalMs, 1_000)
            .With(ParameterId.ProposeMs, 10_000)
            .With(ParameterId.PrevoteMs, 10_000)
            .With(ParameterId.PrecommitMs, 10_000);
        ProxyWiring wiring = new(4);
        using TestNetwork network = new(
            output,
            wiring: wiring,
            parameters: parameters,
            configure: static (number, config) => config.MempoolTransactionsMax = number == Proposer ? config.MempoolTransactionsMax : 1);
        NetworkNode proposer = network.Nodes[Proposer];
        NetworkNode slow = network.Nodes[Slow];
        await network.StartAsync(cancel);
        await network.AdvanceAsync(1, cancel);
        foreach (PeerProxy way in wiring.Link(Proposer, Slow)) way.Meter();
        using HttpClient http = new() { BaseAddress = new Uri($"http://{slow.Host}:{TestNetwork.MetricsPort}/") };

        foreach (byte[][] batch in Transactions(proposer).Chunk(12))
        {
            IReadOnlyList<ResultCode> codes = await proposer.Client.BroadcastManyAsync(batch, cancel);
            Assert.All(codes, static code => Assert.Equal(ResultCode.Ok, code));
        }

        // The slow one has a part of the block and no more of it comes, but the others decide it, and the next one.
        await LetPassUntilAsync(network, wiring, PieceBytes / 2, () => BytesAsync(http, proposer, Channel.Blocks, cancel), PieceBytes, cancel);
        double votes = await BytesAsync(http, proposer, Channel.Votes, cancel);
        await network.ReachAsync(proposer, new Height((await proposer.HeightAsync(cancel)).Value + 2), cancel);

        // The proposer voted for that. Those votes pass before the rest of the block.
        await LetPassUntilAsync(network, wiring, PieceBytes / 8, () => BytesAsync(http, proposer, Channel.Votes, cancel), votes, cancel);
        double pieces = await BytesAsync(http, proposer, Channel.Blocks, cancel);
        foreach (PeerProxy way in wiring.Link(Proposer, Slow)) way.Allow(long.MaxValue);

        BlockAnswer? found = null;
        await network.UntilAsync(async () => (found = await FullAsync(proposer, cancel)) is not null, "a full block", cancel);
        BlockAnswer full = found!;
        int bytes = full.Transactions.Sum(static transaction => transaction.Length);
        output.WriteLine($"block {full.Header.Height}: {full.Transactions.Count} transactions, {bytes} bytes; a vote passed after {pieces} of them");
        network.Check(pieces < bytes, $"votes waited for the whole block: {pieces} bytes of it came before");
        await Agreement.HoldsAsync(network, load: null, cancel);
        foreach (NetworkNode node in network.Nodes)
        {
            SignedHeader signed = await node.Client.CommitAsync(full.Header.Height, cancel);
            network.Check(signed.Commit.Round == Round.Zero, $"node {node.Number} has it decided in round {signed.Commit.Round}");
        }
        await network.StopAsync();
    }

    /// <summary>Of nearly 64 KiB each: proofs of data that nobody stored, which pay their fee and change nothing else.</summary>
    private static IEnumerable<byte[]> Transactions(NetworkNode node)
    {
        StorageProof leaf = new(new byte[StorageProof.LeafBytesMax], []);
        Message most = new ProveData(1, [.. Enumerable.Repeat(leaf, ProveData.ProofsMax)]);
        Message rest = new ProveData(1, [.. Enumerable.Repeat(leaf, ProveData.ProofsMax - 2)]);
        ulong until = (ulong)DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 600;
        for (int i = 0; i < TransactionCount; i++)
        {
            TransactionBody body = new(
                "network-1",
                node.Operator.PublicKey.Address,
                (byte)(i % Limits.LanesPerAccount),
                (ulong)(i / Limits.LanesPerAccount),
                TestHome.Riches / 1_000,
                0,
                until,
                [most, rest],
                "");
            yield return SignedTransaction.Sign(body, node.Operator).Bytes;
        }
    }

    /// <summary>Lets the slow way carry some bytes after the others until a number there has grown beyond another.</summary>
    private static Task LetPassUntilAsync(
        TestNetwork network, ProxyWiring wiring, int bytes, Func<Task<double>> number, double beyond, CancellationToken cancel) =>
        network.UntilAsync(
            async () =>
            {
                if (await number() > beyond) return true;
                foreach (PeerProxy way in wiring.Link(Proposer, Slow)) way.Allow(bytes);
                return false;
            },
            "something comes over the slow way",
            cancel);

    /// <summary>The first block that a transaction more would not have fitted into.</summary>
    private static async Task<BlockAnswer?> FullAsync(NetworkNode node, CancellationToken cancel)
    {
        Height last = await node.HeightAsync(cancel);
        for (Height height = new(1); height <= last; height = height.Next)
        {
            BlockAnswer block = await node.Client.BlockAsync(height, cancel);
            int bytes = block.Transactions.Sum(static transaction => transaction.Length);
            if (bytes > (long)Parameters.Devnet.BlockBytesMax - (2 * Limits.TransactionBytesMax)) return block;
        }
        return null;
    }

    /// <summary>Bytes of a channel that came from a peer, as the node counts them.</summary>
    private static async Task<double> BytesAsync(HttpClient http, NetworkNode peer, Channel channel, CancellationToken cancel)
    {
        string text = await http.GetStringAsync("metrics", cancel);
        string id = Hex.Lower(peer.Member.NodeKey.Address.Span);
        Match line = Regex.Match(
            text, $"^cometbft_p2p_peer_receive_bytes_total{{.*peer_id=\"{id}\",chID=\"0x{(int)channel:x2}\"}} (.*)$", RegexOptions.Multiline);
        return line.Success ? double.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }
}
