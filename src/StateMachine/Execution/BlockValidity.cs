using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Execution;

/// <summary>
/// Whether validators may vote for a block's content: a pure function of the committed state before it and the block. Key
/// binding, sequence and fee depend on earlier transactions and are judged in execution; no block is rejected for them.
/// </summary>
public static class BlockValidity
{
    /// <summary>The whole judgement, verifying signatures one by one.</summary>
    public static BlockFault Check(IStateReader committed, BlockInput block) =>
        Check(committed, block, Ed25519Verifier.Instance, out _);

    /// <summary>The whole judgement, with the decoded transactions to save doing it again.</summary>
    public static BlockFault Check(
        IStateReader committed, BlockInput block, ISignatureVerifier verifier, out IReadOnlyList<SignedTransaction> transactions)
    {
        BlockFault fault = CheckUnsigned(committed, block, out transactions);
        if (fault.Code != BlockFaultCode.None) return fault;
        for (int i = 0; i < transactions.Count; i++)
        {
            int place = block.Transactions.Count - transactions.Count + i;
            if (!transactions[i].HasValidSignature(verifier)) return new(BlockFaultCode.BadSignature, place, ResultCode.BadSignature);
        }
        return default;
    }

    /// <summary>
    /// Everything but the signatures, for callers that verify those in batches or know them already. A block whose fault is
    /// None here is valid if and only if each of <paramref name="transactions"/> has a valid signature. The beacon's part of a
    /// block is not among them: it is no signed transaction.
    /// </summary>
    public static BlockFault CheckUnsigned(
        IStateReader committed, BlockInput block, out IReadOnlyList<SignedTransaction> transactions)
    {
        transactions = [];
        if (!ProtocolVersions.IsKnown(block.AppVersion)) return new(BlockFaultCode.UnknownVersion);
        if (block.AppVersion != AppVersions.Current(committed)) return new(BlockFaultCode.WrongVersion);
        Parameters parameters = Parameters.Load(committed);
        if (!EvidenceFits(block.Evidence, parameters)) return new(BlockFaultCode.TooMuchEvidence);
        BlockFaultCode evidence = EvidenceCheck.Check(
            committed, parameters, new Height(block.Height.Value - 1), block.PreviousTime, block.Evidence);
        if (evidence != BlockFaultCode.None) return new(evidence);
        if (!BytesFit(block.Transactions, parameters)) return new(BlockFaultCode.TooManyBytes);

        List<SignedTransaction> decoded = new(block.Transactions.Count);
        SortedSet<Hash256> ids = [];
        ulong work = 0;
        int first = 0;
        if (BlockExecutor.BeaconOf(block) is { } beacon)
        {
            bool isValid = BeaconRules.IsValid(committed, block.Proposer, beacon);
            if (!isValid) return new(BlockFaultCode.BadTransaction, 0, ResultCode.BadProof);
            first = 1;
        }
        for (int i = first; i < block.Transactions.Count; i++)
        {
            byte[] raw = block.Transactions[i];
            ResultCode code = TransactionCheck.Form(raw, block.ChainId, parameters, out SignedTransaction transaction, out _);
            if (code == ResultCode.Ok) code = TransactionCheck.ExpiryInBlock(transaction.Body, block.Time);
            if (code != ResultCode.Ok) return new(BlockFaultCode.BadTransaction, i, code);
            if (!ids.Add(transaction.Id)) return new(BlockFaultCode.DuplicateTransaction, i, ResultCode.Duplicate);
            // Form bounds each transaction's work by the same limit, so the sum cannot wrap.
            work += transaction.Work;
            if (work > parameters.BlockWorkMax) return new(BlockFaultCode.TooMuchWork, i);
            decoded.Add(transaction);
        }
        transactions = decoded;
        return default;
    }

    private static bool EvidenceFits(IReadOnlyList<DuplicateVoteEvidence> evidence, Parameters parameters)
    {
        if (evidence.Count > Limits.EvidencePerBlockMax) return false;
        ulong bytes = 0;
        foreach (DuplicateVoteEvidence item in evidence) bytes += (ulong)item.ToProto().Length;
        return bytes <= parameters.EvidenceBytesMax;
    }

    private static bool BytesFit(IReadOnlyList<byte[]> transactions, Parameters parameters)
    {
        ulong bytes = 0;
        foreach (byte[] raw in transactions) bytes += (ulong)raw.Length;
        return bytes <= parameters.BlockBytesMax;
    }
}
