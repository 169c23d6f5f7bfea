using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Justice.Slashing;

/// <summary>
/// Version 2: proves that somebody signed two statements of which there may be one. The proof is the two signatures; no
/// judgement is needed.
/// </summary>
/// <param name="Key">Whose signatures they are.</param>
/// <param name="Role">The role whose stake answers for it.</param>
/// <param name="Salt">Of the commitment that announced the report.</param>
public sealed record ReportFault(PublicKey Key, Role Role, SignedStatement First, SignedStatement Second, Hash256 Salt) : Message
{
    public const byte KindVersion = 2;
    public const int FieldCount = 3 + (2 * SignedStatement.FieldCount);

    public override MessageKind Kind => MessageKind.Slash;

    public override byte Version => KindVersion;

    /// <summary>What is punished, once.</summary>
    public Hash256 Matter => JudgedKeys.OfFault(Key.Address, First.Kind, First.Reference, First.Epoch);

    public override void WriteFields(ref MessagePackWriter writer)
    {
        writer.Bin(Key).UInt((ulong)Role);
        First.Write(ref writer);
        Second.Write(ref writer);
        writer.Bin(Salt);
    }

    public static Message Read(ref MessagePackReader reader)
    {
        PublicKey key = reader.PublicKey();
        Role role = (Role)reader.UInt8((byte)Role.Juror);
        if (role == 0) reader.Fail(DecodeCode.OutOfRange);
        return new ReportFault(key, role, SignedStatement.Read(ref reader), SignedStatement.Read(ref reader), reader.Hash256());
    }
}
