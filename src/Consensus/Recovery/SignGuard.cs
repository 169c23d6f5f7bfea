using System;
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
    private SignGuard() { }

    /// <summary>The chain for which this key was armed.</summary>
    public required Hash256 GenesisHash { get; init; }

    /// <summary>Height signed last; 0 when nothing was signed.</summary>
    public required Height Height { get; init; }

    public required Round Round { get; init; }

    /// <summary>What was signed last: proposal, then prevote, then precommit.</summary>
    public required VoteType Type { get; init; }

    public required Timestamp Timestamp { get; init; }

    /// <summary>The full bytes signed last.</summary>
    public required ReadOnlyMemory<byte> SignBytes { get; init; }

    public required Signature Signature { get; init; }

    /// <summary>Round of the last precommit for a block at <see cref="Height"/>, or −1.</summary>
    public required Round LockedRound { get; init; }

    public required BlockId LockedValue { get; init; }

    /// <summary>A guard that has signed nothing.</summary>
    public static SignGuard Arm(Hash256 genesisHash) => throw new NotImplementedException();

    /// <summary>Judges a request; <paramref name="code"/> says why one is refused.</summary>
    public SignVerdict Check(Hash256 genesisHash, string chainId, SignRequest request, out SignCode code) =>
        throw new NotImplementedException();

    /// <summary>The state after signing; the request must have been judged <see cref="SignVerdict.Sign"/>.</summary>
    public SignGuard After(string chainId, SignRequest request, Signature signature) => throw new NotImplementedException();

    public byte[] Encode() => throw new NotImplementedException();

    /// <summary>Total: false on anything that <see cref="Encode"/> does not write.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out SignGuard guard, out DecodeError error) =>
        throw new NotImplementedException();
}
