using System;
using Chain.Primitives.Codec;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Transactions.Stake;

/// <summary>Changes the stake behind a role that the sender holds.</summary>
/// <param name="Amount">ncredit; 0 for a claim.</param>
public sealed record Stake(Role Role, StakeAction Action, ulong Amount) : Message
{
    public override MessageKind Kind => MessageKind.Stake;

    public override void WriteFields(ref MessagePackWriter writer) =>
        writer.UInt((ulong)Role).UInt((ulong)Action).UInt(Amount);

    public static Message Read(ref MessagePackReader reader)
    {
        Role role = Register.Register.ReadRole(ref reader);
        StakeAction action = (StakeAction)reader.UInt8();
        if (!Enum.IsDefined(action)) reader.Fail(DecodeCode.OutOfRange);
        return new Stake(role, action, reader.UInt());
    }
}
