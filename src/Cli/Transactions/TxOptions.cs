using System.CommandLine;
using Chain.Cli.Terminal;
using Chain.Client.Transactions;

namespace Chain.Cli.Transactions;

/// <summary>The options of every command that sends a transaction.</summary>
internal sealed class TxOptions
{
    public Option<string> From { get; } = new("--from")
    {
        Description = "Name of the key that signs (see 'chain keys list').",
        HelpName = "NAME",
        Required = true,
    };

    public Option<string?> Account { get; } = new("--account")
    {
        Description = "The account that the key speaks for, when a key was rotated (default: the key's own address).",
        HelpName = "ADDRESS",
    };

    public Option<string?> OnBehalfOf { get; } = new("--on-behalf-of")
    {
        Description = "Act for this account, which must have granted it (see 'chain tx grant').",
        HelpName = "WHO",
    };

    public Option<bool> Wait { get; } = new("--wait")
    {
        Description = "Wait until the transaction is in a block, or provably never will be.",
    };

    public Option<bool> DryRun { get; } = new("--dry-run")
    {
        Description = "Build and sign it, ask the node what it would say, and send nothing.",
    };

    public Option<ulong?> MaxFee { get; } = Values.OptionalAmount("--max-fee",
        "Most that you are willing to pay (default: estimated).");

    public Option<ulong?> Tip { get; } = Values.OptionalAmount("--tip", "Extra pay for a better place in the queue.");

    public Option<byte> Lane { get; } = new("--lane")
    {
        Description = "0 to 15; transactions in different lanes do not wait for each other.",
        HelpName = "N",
    };

    public Option<ulong?> Sequence { get; } = new("--sequence")
    {
        Description = "Place in the lane (default: the lane's next).",
        HelpName = "N",
    };

    public Option<ulong> ValidFor { get; } = Values.SecondsOption(
        "--valid-for", "How long it may wait for a block.", TransactionOptions.ValidSecondsDefault);

    public Option<string> Memo { get; } = new("--memo")
    {
        Description = "A public remark of at most 128 bytes.",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "",
    };

    public void AddTo(Command command)
    {
        Option[] all = [From, Account, OnBehalfOf, Wait, DryRun, MaxFee, Tip, Lane, Sequence, ValidFor, Memo];
        foreach (Option option in all) command.Add(option);
    }

    public TransactionOptions Read(CliContext context)
    {
        ParseResult parse = context.Parse;
        return new TransactionOptions
        {
            Account = parse.GetValue(Account) is { } account ? context.AddressOf(account) : null,
            Granter = parse.GetValue(OnBehalfOf) is { } granter ? context.AddressOf(granter) : null,
            Lane = parse.GetValue(Lane),
            Sequence = parse.GetValue(Sequence),
            MaxFee = parse.GetValue(MaxFee),
            Tip = parse.GetValue(Tip) ?? 0,
            ValidSeconds = parse.GetValue(ValidFor),
            Memo = parse.GetValue(Memo)!,
        };
    }
}
