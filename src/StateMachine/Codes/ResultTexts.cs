using System;
using System.Collections.Generic;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Codes;

/// <summary>
/// Every code a transaction can get, in the words of a person. Made for logs, RPC answers and clients, never used in
/// execution: the chain itself carries only the number, so that wording may improve without changing what blocks mean.
/// </summary>
public static class ResultTexts
{
    private const string SendAgain = "Build the transaction again and send it.";
    private const string AskState = "Look at the object with 'chain query' and see in which state it is.";
    private const string CheckId = "Check the id; 'chain query' lists what exists.";

    private static readonly SortedDictionary<ResultCode, ResultText> Texts = new()
    {
        [ResultCode.Ok] = new("The transaction succeeded.", "Every check passed.", "Nothing needs to be done."),

        [ResultCode.NotCanonical] = new("The transaction cannot be read.",
            "Its bytes are not the one canonical encoding of a transaction.", "Build it with this SDK or the CLI, and send the bytes unchanged."),
        [ResultCode.WrongChain] = new("The transaction is for another chain.",
            "The chain id inside it is not this node's, so its signature does not count here.", "Compare with 'chain status' and sign again for this chain."),
        [ResultCode.UnknownKind] = new("The transaction holds a message that this chain does not know.",
            "Its kind or version is not among the rules in force.", "Use a client of the same version as the node."),
        [ResultCode.TooLarge] = new("The transaction is too large.",
            "It exceeds the limit on bytes or on messages.", "Split it into several transactions."),
        [ResultCode.MempoolFull] = new("The node's waiting room for transactions is full.",
            "More is being sent than blocks can take, and others pay more.", "Wait a moment and send again, or add a tip with --tip."),
        [ResultCode.Duplicate] = new("This very transaction is known already.",
            "It is waiting, or it is in a block.", "Ask for its fate: chain tx wait ID."),
        [ResultCode.SequenceTooFar] = new("The sequence number is too far ahead.",
            "At most 16 transactions of a lane may wait for an earlier one.", "Send the missing ones first, or use another --lane."),
        [ResultCode.ReplacementUnderpriced] = new("Another transaction holds this place in the queue.",
            "To replace it, a tip at least 10 % higher for each unit of work is needed.", "Raise --tip, or wait until the first one is in a block."),

        [ResultCode.BadSignature] = new("The signature is wrong.",
            "It does not belong to these bytes and this key.", "Sign again with the key of the sender."),
        [ResultCode.BadSequence] = new("The sequence number is not the next one.",
            "Another transaction of the same account and lane came first, or this one ran already.", SendAgain),
        [ResultCode.Expired] = new("The transaction came too late, or claims to live too long.",
            "Its valid_until has passed, or lies more than 24 hours ahead. It will never take effect.", SendAgain),
        [ResultCode.NoGrant] = new("The sender may not do this.",
            "The role or permission that it needs has not been granted, has expired, or does not cover this.",
            "Ask the validators, or with --on-behalf-of the account's owner ('chain query grants')."),
        [ResultCode.KindDisabled] = new("This kind of message is switched off.",
            "Governance closed it, or guardians stopped it for a while.", "See 'chain query gates' for whom and until when."),
        [ResultCode.FeeTooLow] = new("The fee is too low.",
            "max_fee does not cover the work of this transaction at the present base fee.", "Raise --max-fee, or leave it out to have it estimated."),
        [ResultCode.WrongKey] = new("The key does not belong to the sender.",
            "The account's address is made from another public key, or its key was rotated.",
            "Sign with the sender's own key (--from); after a rotation name the account too (--account)."),

        [ResultCode.NotFound] = new("An object that the transaction names does not exist.",
            "The id is wrong, or the object was removed after its end.", CheckId),
        [ResultCode.Exists] = new("It exists already.",
            "What the transaction wants to create is there.", "Look at it with 'chain query'; nothing more may be needed."),
        [ResultCode.NotOwner] = new("The object belongs to somebody else.",
            "Only its owner, or a party to it, may do this.", "Sign with the right key (--from)."),
        [ResultCode.SelfDeal] = new("One cannot trade with oneself.",
            "Tenant and provider are the same account.", "Use an order of another tenant."),
        [ResultCode.LinkedIdentity] = new("The two accounts belong together.",
            "They name the same DID or DID document, or one may act for the other; leases between them would prove nothing.",
            "Trade with somebody else, or end the grant ('chain query grants')."),

        [ResultCode.BadState] = new("The object is not in a state that allows this.",
            "A step that has to come before is missing, or a later one has been taken.", AskState),
        [ResultCode.TooEarly] = new("It is too early for this.",
            "A waiting time has not run out yet.", "Wait and try again; on a dev chain 'chain dev advance SECONDS' moves the clock."),
        [ResultCode.TooLate] = new("It is too late for this.",
            "A deadline has passed.", AskState),
        [ResultCode.AlreadyDone] = new("This has been done already.",
            "It may happen only once.", "Nothing more is needed."),

        [ResultCode.InsufficientFunds] = new("There is not enough money.",
            "The account holds less than amount, deposit and fee together.", "Check 'chain query account ADDRESS'; on a dev chain 'chain faucet ADDRESS AMOUNT' helps."),
        [ResultCode.BelowMinimum] = new("A value is below the smallest allowed.",
            "An amount, a rate or a length of time is too small.", "See the minimums in 'chain query params'."),
        [ResultCode.OverMaximum] = new("A value is above the largest allowed.",
            "An amount, a rate, a length of time or a count is too large, or more than a grant leaves.",
            "See the maximums in 'chain query params'."),
        [ResultCode.StakeLocked] = new("Too little of the stake is free.",
            "Part of it is locked as collateral for leases and bids, or must stay while the role lasts.", "Bond more with 'chain tx stake', or end a lease first."),
        [ResultCode.Overflow] = new("A number became too large to compute with.",
            "The transaction was undone whole; only its fee was paid.", "Use smaller amounts."),
        [ResultCode.Insolvent] = new("The lease would be left with too little money.",
            "What keeps the lease running for its lock-up time cannot be taken out.", "Withdraw less, or close the lease first."),

        [ResultCode.NoMatch] = new("Nothing fits.",
            "No bid or offer meets the conditions.", "Widen the conditions, or wait for more bids."),
        [ResultCode.AttributeMismatch] = new("The provider does not have what the order asks for.",
            "An attribute or attestation is missing.", "Compare 'chain query order' with 'chain query provider'."),
        [ResultCode.RegionMismatch] = new("The provider is in the wrong region.",
            "The order allows other regions only.", "Bid on orders for your region."),
        [ResultCode.TierMismatch] = new("The provider's tier is too low.",
            "The order asks for a higher one.", "Get attested for a higher tier, or bid on other orders."),
        [ResultCode.Capacity] = new("There is not enough free capacity.",
            "The provider's registered capacity is taken by leases and bids.", "End a lease, withdraw a bid, or register more capacity."),
        [ResultCode.BidCap] = new("The order has as many bids as it may have.",
            "A new bid gets in only if it is better than the worst.", "Bid a lower rate."),
        [ResultCode.Price] = new("The price does not fit.",
            "The rate is zero, or higher than the order's maximum.", "Bid at or below the order's max_rate."),

        [ResultCode.BadProof] = new("The proof does not hold.",
            "It does not lead to the value that the chain expects.", "Make the proof again from the right data."),
        [ResultCode.BadCommit] = new("What was revealed is not what was committed.",
            "The hash differs.", "Reveal exactly the value and salt that you committed."),
        [ResultCode.StaleNonce] = new("The nonce is not that of an open challenge.",
            "This schema is attested with a nonce of the beacon, which is asked for first and holds for a while only.",
            "Ask for one with 'chain tx challenge', wait for it, and attest with it."),
        [ResultCode.BadSchema] = new("The attestation's schema is not one of the chain's.",
            "Unknown schema, or data that does not fit it.", "See 'chain tx attest --help' for the schemas."),
        [ResultCode.NotAccredited] = new("The sender is not accredited for this.",
            "Only issuers that the chain has accredited for the schema may attest.", "Use an accredited auditor's key (--from)."),
        [ResultCode.Replay] = new("This has been used before.",
            "A proof, a nonce or an attestation counts once.", "Make a new one."),

        [ResultCode.NoCaseRight] = new("The sender is no party to the case.",
            "Only the parties of the object may do this.", "Sign with the key of a party (--from)."),

        [ResultCode.NotDrawn] = new("The sender was not drawn for this.",
            "Only those that the beacon drew may act here.", "Nothing; wait for a draw."),
        [ResultCode.DoubleJeopardy] = new("This fault has been judged already.",
            "One fault is punished once.", "Nothing more is needed."),
        [ResultCode.Bond] = new("The bond is too small.",
            "It must cover a share of the claim.", "Raise the bond."),

        [ResultCode.ParameterBounds] = new("The parameter would leave its bounds.",
            "Every parameter has a smallest and a largest value, and a largest step.", "Propose a value within them."),
        [ResultCode.TimeLock] = new("The waiting time before this takes effect has not run out.",
            "Changes are announced before they happen.", "Wait until its time."),
        [ResultCode.NotGuardian] = new("The sender is no guardian.",
            "Only the council may do this.", "Ask a member of the council."),

        [ResultCode.NotValidator] = new("The sender is no validator.",
            "Only providers whose seat is in the present validator set may vote on who is admitted.", "Sign with a validator's provider account (--from); see 'chain query seats'."),
        [ResultCode.LastValidator] = new("The last validator cannot go.",
            "Without any validator the chain would stand still for good.", "Have another provider seated first."),
        [ResultCode.KeyRetired] = new("This consensus key had a seat not long ago.",
            "Evidence against a key must keep leading to the one provider who used it, so it is not seated again before that time is over.", "Make a new key."),
        [ResultCode.SeatsFull] = new("Every validator seat is taken.",
            "The validator set has reached its largest size.", "Revoke a seat first, or wait until one is free."),
        [ResultCode.ProposalsFull] = new("The sender has too many open proposals.",
            "Each validator may have 16 undecided ones.", "Wait until some are decided or expire; voting for others' is always possible."),
    };

    /// <summary>Every code of this version, ascending.</summary>
    public static IReadOnlyCollection<ResultCode> Codes => Texts.Keys;

    /// <summary>The text of a code; null for one that this version does not know.</summary>
    public static ResultText? Find(uint code) => Texts.GetValueOrDefault((ResultCode)code);

    /// <summary>The code's name, for example <c>InsufficientFunds</c>, or its number.</summary>
    public static string NameOf(uint code) => Enum.GetName((ResultCode)code) ?? $"{code}";

    /// <summary>What and why, as a node's log field tells it; empty for success.</summary>
    public static string LogOf(uint code)
    {
        if (code == (uint)ResultCode.Ok) return "";
        return Find(code) is { } text ? $"{text.What} {text.Why}" : $"Code {code}, which this version does not know.";
    }
}
