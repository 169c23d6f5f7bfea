using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Rpc;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Codes;
using Chain.StateMachine.Execution;

namespace Chain.Node.Hosting;

/// <summary>What a node says over RPC while it has no state: who it is, that it catches up, and that it takes no transactions yet.</summary>
internal sealed class SyncingStatus(NodeIdentity identity, Func<IReadOnlyList<PeerInfo>> peers) : INodeStatus, ITransactionIntake
{
    public NodeIdentity Identity => identity;

    public bool IsCatchingUp => true;

    public IReadOnlyList<PeerInfo> Peers => peers();

    public ulong AppVersion => ProtocolVersions.Newest;

    public int Count => 0;

    public long TotalBytes => 0;

    public ChainConsensusParams? ConsensusParamsAt(Height height) => null;

    public ValueTask<ConsensusView?> ConsensusAsync(CancellationToken cancellation) => ValueTask.FromResult<ConsensusView?>(null);

    public ValueTask<AdmissionResult> SubmitAsync(byte[] transaction, CancellationToken cancellation) => CheckAsync(transaction, cancellation);

    public IReadOnlyList<ResultCode> SubmitMany(IReadOnlyList<byte[]> transactions)
    {
        ResultCode[] codes = new ResultCode[transactions.Count];
        Array.Fill(codes, ResultCode.MempoolFull);
        return codes;
    }

    public ValueTask<AdmissionResult> CheckAsync(byte[] transaction, CancellationToken cancellation) => ValueTask.FromResult(
        new AdmissionResult(
            (uint)ResultCode.MempoolFull,
            ResultTexts.LogOf((uint)ResultCode.MempoolFull) + " This node begins from a snapshot: ask another one.",
            Sha256.Hash(transaction),
            0));

    public IReadOnlyList<byte[]> Peek(int countMax) => [];
}
