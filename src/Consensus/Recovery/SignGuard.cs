using System;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;

namespace Chain.Consensus.Recovery;

/// <summary>
/// The double-sign guard: what was signed last and the lock, as an immutable value. The rules are here, the file is the
/// node's. There is no way to switch it off.
/// </summary>
public sealed record SignGuard
{
    private const int CodecVersion = 2;
    private const int SignBytesMax = 1024;

    private SignGuard() { }

    /// <summary>The chain for which this key was armed.</summary>
    public required Hash256 GenesisHash { get; init; }

    /// <summary>Height signed last; 0 when nothing was signed.</summary>
    public Height Height { get; private init; }

    public Round Round { get; private init; }

    /// <summary>What was signed last: proposal, then prevote, then precommit; 0 when nothing was signed.</summary>
    public VoteType Type { get; private init; }

    /// <summary>The block that was signed for last; nil also when nothing was signed.</summary>
    public BlockId BlockId { get; private init; }

    public Timestamp Timestamp { get; private init; }

    /// <summary>The full bytes signed last.</summary>
    public ReadOnlyMemory<byte> SignBytes { get; private init; }

    public Signature Signature { get; private init; }

    /// <summary>Round of the last precommit for a block at <see cref="Height"/>, or −1.</summary>
    public Round LockedRound { get; private init; } = Round.None;

    public BlockId LockedValue { get; private init; }

    /// <summary>A guard that has signed nothing.</summary>
    public static SignGuard Arm(Hash256 genesisHash) => new() { GenesisHash = genesisHash };

    /// <summary>
    /// A guard for a key whose past is known only by the highest height for which it may have signed. It refuses every request
    /// up to that height, the last round and step of it included.
    /// </summary>
    public static SignGuard ArmAbove(Hash256 genesisHash, Height signed) => signed.Value == 0
        ? Arm(genesisHash)
        : new()
        {
            GenesisHash = genesisHash,
            Height = signed,
            Round = new Round(int.MaxValue),
            Type = VoteType.Precommit,
            // Bytes that no request has, so that nothing counts as the same one again.
            SignBytes = new byte[] { 0 },
        };

    /// <summary>Judges a request; <paramref name="code"/> says why one is refused.</summary>
    public SignVerdict Check(Hash256 genesisHash, string chainId, SignRequest request, out SignCode code)
    {
        code = SignCode.None;
        int order = Compare(request);
        if (genesisHash != GenesisHash) code = SignCode.WrongChain;
        else if (!IsWellFormed(request)) code = SignCode.Malformed;
        else if (order < 0) code = SignCode.Regression;
        else if (order == 0)
        {
            if (IsSameButForTime(chainId, request)) return SignVerdict.Reuse;
            code = SignCode.Conflict;
        }
        else if (BreaksLock(request)) code = SignCode.Amnesia;
        return code == SignCode.None ? SignVerdict.Sign : SignVerdict.Refuse;
    }

    /// <summary>The state after signing; the request must have been judged <see cref="SignVerdict.Sign"/>.</summary>
    public SignGuard After(string chainId, SignRequest request, Signature signature)
    {
        Invariant.Holds(
            Check(GenesisHash, chainId, request, out _) == SignVerdict.Sign, "only what the guard let through was signed");
        bool isLocking = request.Type == VoteType.Precommit && !request.BlockId.IsNil;
        bool keepsLock = request.Height == Height;
        return new SignGuard
        {
            GenesisHash = GenesisHash,
            Height = request.Height,
            Round = request.Round,
            Type = request.Type,
            BlockId = request.BlockId,
            Timestamp = request.Timestamp,
            SignBytes = request.SignBytes(chainId),
            Signature = signature,
            LockedRound = isLocking ? request.Round : keepsLock ? LockedRound : Round.None,
            LockedValue = isLocking ? request.BlockId : keepsLock ? LockedValue : BlockId.Nil,
        };
    }

    /// <summary>The vote signed last, as the validator at this place of the height's set; null when it was none.</summary>
    public Vote? VoteOf(in Address validator, int index) => StepOf(Type) > 1 && Round.Value < int.MaxValue
        ? new Vote(Type, Height, Round, BlockId, Timestamp, validator, index, Signature)
        : null;

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(11).UInt(CodecVersion).Bin(GenesisHash);
        writer.Int(Height.Value).UInt((ulong)Round.Value).UInt((ulong)Type);
        BlockId.Write(ref writer);
        Timestamp.Write(ref writer).Bin(SignBytes.Span).Bin(Signature).Int(LockedRound.Value);
        return LockedValue.Write(ref writer).ToArray();
    }

    /// <summary>Total: false on anything that <see cref="Encode"/> does not write.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out SignGuard guard, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(11);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        guard = new SignGuard
        {
            GenesisHash = reader.Hash256(),
            Height = new Height(reader.Int(min: 0)),
            Round = new Round((int)reader.UInt32(int.MaxValue)),
            Type = (VoteType)reader.UInt8(),
            BlockId = BlockId.Read(ref reader),
            Timestamp = Timestamp.Read(ref reader),
            SignBytes = reader.Bin(SignBytesMax).ToArray(),
            Signature = reader.Signature(),
            LockedRound = new Round((int)reader.Int(-1, int.MaxValue)),
            LockedValue = BlockId.Read(ref reader),
        };
        reader.EndArray();
        if (reader.IsOk && !guard.IsConsistent()) reader.Fail(DecodeCode.OutOfRange);
        return reader.TryFinish(out error);
    }

    private bool IsConsistent()
    {
        bool hasLock = LockedRound > Round.None;
        if (hasLock == LockedValue.IsNil || LockedRound > Round) return false;
        if (Height.Value > 0) return StepOf(Type) > 0 && !SignBytes.IsEmpty;
        return Type == 0 && Round == Round.Zero && BlockId.IsNil && SignBytes.IsEmpty && !hasLock;
    }

    private static bool IsWellFormed(SignRequest request)
    {
        if (request.Height.Value < 1 || request.Round < Round.Zero || StepOf(request.Type) == 0) return false;
        if (request.PolRound < Round.None || request.PolRound >= request.Round) return false;
        return request.Type != VoteType.Proposal || !request.BlockId.IsNil;
    }

    /// <summary>Negative before, zero at, positive after what was signed last.</summary>
    private int Compare(SignRequest request)
    {
        int byHeight = request.Height.CompareTo(Height);
        if (byHeight != 0) return byHeight;
        int byRound = request.Round.CompareTo(Round);
        return byRound != 0 ? byRound : StepOf(request.Type).CompareTo(StepOf(Type));
    }

    private bool IsSameButForTime(string chainId, SignRequest request) =>
        (request with { Timestamp = Timestamp }).SignBytes(chainId).AsSpan().SequenceEqual(SignBytes.Span);

    /// <summary>
    /// Amnesia: a prevote for another block than the locked one needs a polka no older than the lock (L29). The guard cannot
    /// see votes, so it takes the core's word for the polka's round.
    /// </summary>
    private bool BreaksLock(SignRequest request) =>
        request.Type == VoteType.Prevote
        && request.Height == Height
        && LockedRound > Round.None
        && !request.BlockId.IsNil
        && request.BlockId != LockedValue
        && request.PolRound < LockedRound;

    private static int StepOf(VoteType type) => type switch
    {
        VoteType.Proposal => 1,
        VoteType.Prevote => 2,
        VoteType.Precommit => 3,
        _ => 0,
    };
}
