using System.Linq;
using Chain.Cli.Terminal;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Register;
using Chain.StateMachine.Transactions.Stake;
using Chain.StateMachine.Transactions.Transfer;

namespace Chain.Cli.Transactions;

/// <summary>Messages as named values, for <c>tx decode</c>, <c>--dry-run</c> and <c>--wait</c>.</summary>
internal static class MessageFacts
{
    public static Facts Of(Message message)
    {
        Facts facts = new Facts().Choice("kind", message.Kind);
        return message switch
        {
            Transfer m => facts.Address("to", m.To).Amount("amount", m.Amount),
            Register m => facts.Choice("role", m.Role).Amount("stake", m.StakeAmount).Text("region", m.Region)
                .List("capacity", m.Capacity.Select(CapacityFacts)).List("attributes", m.Attributes.Select(AttributeFacts)),
            Stake m => facts.Choice("role", m.Role).Choice("action", m.Action).Amount("amount", m.Amount),
            _ => facts,
        };
    }

    public static Facts CapacityFacts(ClassCapacity capacity) =>
        new Facts().Choice("class", capacity.Class).Number("units", capacity.Total);

    public static Facts AttributeFacts(ProviderAttribute attribute) =>
        new Facts().Text("name", attribute.Name).Text("value", attribute.Value);
}
