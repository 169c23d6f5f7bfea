using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Governance.Contents;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Governance.Messages;

/// <summary>The sender proposes a change.</summary>
/// <param name="Deposit">ncredit, at least a tenth of <c>proposal_deposit_min</c>; others may add the rest.</param>
/// <param name="Disclosure">SHA-256 of the text that explains it; zero for none.</param>
public sealed record Propose(ProposalContent Content, ulong Deposit, Hash256 Disclosure) : Message
{
    public const int FieldCount = 3;

    public override MessageKind Kind => MessageKind.Propose;

    public override void WriteFields(ref MessagePackWriter writer)
    {
        Content.Write(ref writer);
        writer.UInt(Deposit).Bin(Disclosure);
    }

    public static Message Read(ref MessagePackReader reader) =>
        new Propose(ProposalContent.Read(ref reader)!, reader.UInt(), reader.Hash256());
}
