using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Rpc;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;

namespace Chain.Node.Tests.Rpc;

/// <summary>The node's side of the ports: a pool in arrival order, whose transactions the next block carries.</summary>
internal sealed class TestNode(TestChain chain) : INodeStatus, ITransactionIntake, IDevClock
{
    public const string GenesisJson =
        """
        {"genesis_time":"2027-01-15T08:00:00Z","chain_id":"rpc-1","initial_height":"1","consensus_params":
        {"block":{"max_bytes":"4194304","max_gas":"20000000"},"evidence":{"max_age_num_blocks":"100000",
        "max_age_duration":"172800000000000","max_bytes":"1048576"},"validator":{"pub_key_types":["ed25519"]}},
        "validators":null,"app_hash":"","app_state":{}}
        """;

    private readonly Lock _gate = new();
    private readonly List<byte[]> _pool = [];
    private long _secondsAhead;

    public NodeIdentity Identity { get; } = new(
        TestChain.ChainId,
        "0123456789abcdef0123456789abcdef01234567",
        "test",
        "tcp://127.0.0.1:26656",
        "0.1.0",
        chain.FirstKey,
        GenesisJson);

    public bool IsCatchingUp => false;

    public IReadOnlyList<PeerInfo> Peers { get; } =
    [
        new PeerInfo(
            Address.From(new byte[Address.Size]),
            PeerDirection.Outbound,
            new IPEndPoint(IPAddress.Loopback, 40_000),
            ListenPort: 26_656,
            "0.1.0",
            DateTimeOffset.UnixEpoch,
            Score: 100,
            RoundTrip: null,
            Channels: []),
    ];

    public ulong AppVersion => 1;

    /// <summary>Set to carry each transaction in a block of its own as soon as it arrives.</summary>
    public bool DecidesAtOnce { get; set; }

    public int Count
    {
        get
        {
            lock (_gate) return _pool.Count;
        }
    }

    public long TotalBytes
    {
        get
        {
            lock (_gate)
            {
                long total = 0;
                foreach (byte[] transaction in _pool) total += transaction.Length;
                return total;
            }
        }
    }

    public ChainConsensusParams? ConsensusParamsAt(Height height) =>
        new(4_194_304, 20_000_000, 100_000, 172_800_000_000_000, 1_048_576, 1);

    /// <summary>What <c>consensus_state</c> shows; null before a test sets it.</summary>
    public ConsensusView? View { get; set; }

    public ValueTask<ConsensusView?> ConsensusAsync(CancellationToken cancellation) => ValueTask.FromResult(View);

    public ValueTask<AdmissionResult> SubmitAsync(byte[] transaction, CancellationToken cancellation)
    {
        AdmissionResult verdict = Judge(transaction);
        if (verdict.Code != 0) return ValueTask.FromResult(verdict);
        lock (_gate)
        {
            if (DecidesAtOnce) chain.Add([transaction]);
            else _pool.Add(transaction);
        }
        return ValueTask.FromResult(verdict);
    }

    public IReadOnlyList<ResultCode> SubmitMany(IReadOnlyList<byte[]> transactions)
    {
        List<ResultCode> codes = [];
        foreach (byte[] transaction in transactions) codes.Add((ResultCode)Judge(transaction).Code);
        return codes;
    }

    public ValueTask<AdmissionResult> CheckAsync(byte[] transaction, CancellationToken cancellation) =>
        ValueTask.FromResult(Judge(transaction));

    public IReadOnlyList<byte[]> Peek(int countMax)
    {
        lock (_gate) return _pool[..Math.Min(countMax, _pool.Count)];
    }

    public Task<Timestamp> AdvanceToAsync(Timestamp time, long systemMs, CancellationToken cancellation) => Task.FromResult(time);

    public Task<Timestamp> AdvanceAsync(long seconds, CancellationToken cancellation) =>
        Task.FromResult(new Timestamp(1_800_000_000 + Interlocked.Add(ref _secondsAhead, seconds), 0));

    /// <summary>Refuses what starts with a zero byte, and nothing at all.</summary>
    private static AdmissionResult Judge(byte[] transaction)
    {
        bool isRefused = transaction.Length == 0 || transaction[0] == 0;
        uint code = isRefused ? (uint)ResultCode.NotCanonical : 0;
        return new AdmissionResult(code, isRefused ? "not canonical: Truncated at byte 0" : "", Sha256.Hash(transaction), 1000);
    }
}
