using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Justice.Slashing;

/// <summary>
/// Version 3: proves that a validator signed two blocks of one height, round and type. Validators put such votes into blocks as evidence
/// by themselves; this is the way for everybody else who has seen them.
/// </summary>
/// <param name="Key">The validator's consensus key.</param>
/// <param name="VoteA">The vote whose block id is the smaller one.</param>
/// <param name="Salt">Of the commitment that announced the report.</param>
public sealed record ReportDoubleVote(PublicKey Key, Vote VoteA, Vote VoteB, Hash256 Salt) : Message
{
    public const byte KindVersion = 3;
    public const int FieldCount = 4;

    private const string Domain = "chain/matter/double-vote/1";

    public override MessageKind Kind => MessageKind.Slash;

    public override byte Version => KindVersion;

    /// <summary>What is punished, once: the validator and the height.</summary>
    public Hash256 Matter => Sha256.Hash(
        new MessagePackWriter().Array(3).Str(Domain).Bin(Key.Address).UInt((ulong)VoteA.Height.Value).Written);

    public override void WriteFields(ref MessagePackWriter writer)
    {
        writer.Bin(Key);
        VoteA.Write(ref writer);
        VoteB.Write(ref writer);
        writer.Bin(Salt);
    }

    public static Message Read(ref MessagePackReader reader) =>
        new ReportDoubleVote(reader.PublicKey(), Vote.Read(ref reader), Vote.Read(ref reader), reader.Hash256());
}
