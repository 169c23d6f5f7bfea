using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using Chain.Networking;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Benchmarks;

/// <summary>Two networks in this process, over TLS on loopback. Whatever comes is answered with one byte.</summary>
public class NetworkBenchmarks
{
    private readonly byte[] _vote = new byte[200];
    private readonly byte[] _megabyte = new byte[1_000_000];
    private readonly PrivateKey _leftKey = Samples.Key(1);
    private readonly PrivateKey _rightKey = Samples.Key(2);
    private readonly Waiting _waiting = new();
    private PeerNetwork _left = null!;
    private PeerNetwork _right = null!;

    [GlobalSetup]
    public async Task Setup()
    {
        _left = Network(_leftKey, _waiting);
        _right = Network(_rightKey, new Answering());
        await _right.StartAsync(CancellationToken.None);
        await _left.StartAsync(CancellationToken.None);
        _left.SetDialTargets([new PeerAddress(_right.NodeId, "127.0.0.1", _right.Endpoint.Port)]);
        await _waiting.Connected.Task;
    }

    [GlobalCleanup]
    public async Task Cleanup()
    {
        await _left.DisposeAsync();
        await _right.DisposeAsync();
        _leftKey.Dispose();
        _rightKey.Dispose();
    }

    [Benchmark]
    public Task VoteThereAndBack() => _waiting.SendAsync(Channel.Votes, _vote);

    [Benchmark]
    public Task MegabyteThereAndAnswered() => _waiting.SendAsync(Channel.Blocks, _megabyte);

    private static PeerNetwork Network(PrivateKey key, IPeerHandler handler)
    {
        PeerNetworkOptions options = new()
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            NodeKey = key,
            ChainId = Samples.ChainId,
            GenesisHash = Samples.HashOf(0),
            Version = "bench",
        };
        return new PeerNetwork(options, new Everybody(), handler, TimeProvider.System, NullLogger.Instance);
    }

    private sealed class Everybody : IAdmission
    {
        public bool HasPlace(in Address nodeId) => true;

        public bool IsAdmitted(in Address nodeId) => true;

        public bool IsNamedByOperator(in Address nodeId) => true;
    }

    private sealed class Answering : IPeerHandler
    {
        private static readonly byte[] Answer = [1];

        public void OnConnected(IPeer peer) { }

        public ValueTask OnMessageAsync(IPeer peer, Channel channel, ReadOnlyMemory<byte> message, CancellationToken cancellation)
        {
            peer.TrySend(Channel.Votes, Answer);
            return ValueTask.CompletedTask;
        }

        public void OnDisconnected(IPeer peer) { }
    }

    private sealed class Waiting : IPeerHandler
    {
        private TaskCompletionSource _answered = new();

        public TaskCompletionSource<IPeer> Connected { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task SendAsync(Channel channel, byte[] message)
        {
            _answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            IPeer peer = await Connected.Task;
            if (!peer.TrySend(channel, message)) throw new InvalidOperationException("no room");
            await _answered.Task;
        }

        public void OnConnected(IPeer peer) => Connected.TrySetResult(peer);

        public ValueTask OnMessageAsync(IPeer peer, Channel channel, ReadOnlyMemory<byte> message, CancellationToken cancellation)
        {
            _answered.TrySetResult();
            return ValueTask.CompletedTask;
        }

        public void OnDisconnected(IPeer peer) { }
    }
}
