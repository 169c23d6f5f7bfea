using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Transfer;

namespace Chain.Benchmarks;

/// <summary>Inputs that are the same in every run.</summary>
internal static class Samples
{
    public const string ChainId = "bench-1";

    public static readonly Timestamp Time = new(1_800_000_000, 0);

    public static readonly Header Header = new()
    {
        VersionApp = 1,
        ChainId = ChainId,
        Height = new Height(1_000_000),
        Time = Time,
        LastBlockId = new BlockId(HashOf(1), new PartSetHeader(1, HashOf(2))),
        LastCommitHash = HashOf(3),
        DataHash = HashOf(4),
        ValidatorsHash = HashOf(5),
        NextValidatorsHash = HashOf(6),
        ConsensusHash = HashOf(7),
        AppHash = HashOf(8),
        LastResultsHash = HashOf(9),
        EvidenceHash = HashOf(10),
        ProposerAddress = AddressOf(1),
    };

    /// <summary>The hash of a number: arbitrary, but always the same.</summary>
    public static Hash256 HashOf(int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return Sha256.Hash(bytes);
    }

    public static PrivateKey Key(int number) => PrivateKey.FromSeed(HashOf(number).Span);

    public static Address AddressOf(int number)
    {
        using PrivateKey key = Key(number);
        return key.PublicKey.Address;
    }

    /// <summary>The first transfer of an account, worth one ncredit.</summary>
    public static SignedTransaction Transfer(int sender, in Address to)
    {
        using PrivateKey key = Key(sender);
        TransactionBody body = new(
            ChainId, key.PublicKey.Address, 0, 0, MaxFee: 1_000_000_000, Tip: 0, (ulong)Time.Seconds + 3600,
            [new Transfer(to, 1, default)], "");
        return SignedTransaction.Sign(body, key);
    }

    /// <summary>One validator, and so many accounts with 100 credits each.</summary>
    public static GenesisDocument Genesis(int accounts)
    {
        List<GenesisAccount> funded = [];
        for (int i = 0; i < accounts; i++) funded.Add(new GenesisAccount(AddressOf(i), 100_000_000_000));
        using PrivateKey validator = Key(-1);
        return new GenesisDocument(
            Time, ChainId, 1, 1, Parameters.Default, [new GenesisValidator(validator.PublicKey, 10, "validator")],
            null, funded, [], [], [], []);
    }
}
