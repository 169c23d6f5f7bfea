using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Governance.Messages;

/// <summary>A guardian wants kinds stopped; the same wish of more than half of the guardians stops them.</summary>
/// <param name="Seconds">From the moment on at which enough have asked.</param>
public sealed record AskBreaker(KindMask Kinds, ulong Seconds) : Message
{
    public const byte KindVersion = 2;
    public const int FieldCount = 2;

    public override MessageKind Kind => MessageKind.Vote;

    public override byte Version => KindVersion;

    public override void WriteFields(ref MessagePackWriter writer) => writer.UInt(Kinds.Bits).UInt(Seconds);

    public static Message Read(ref MessagePackReader reader)
    {
        AskBreaker ask = new(new KindMask(reader.UInt()), reader.UInt());
        if (ask.Kinds.Bits == 0) reader.Fail(DecodeCode.OutOfRange);
        return ask;
    }
}
