# What Request Tracker needs for the bridge: a queue, where a ticket's thread is written, what an answer proposes, a user for the bridge, and a
# scrip that tells the bridge of each answer at once. Insert it once:
#   PICO_TWINS_PASSWORD=… rt-setup-database-5 --action insert --datafile initialdata.pl
# It says nothing about who works the queue: give your own groups their rights as for any other.

@Queues = (
    {   Name        => 'Owners',
        Description => 'Notes that owners sent through Pico Twins',
    },
);

@CustomFields = (
    {   Name        => 'Pico Twins thread',
        Description => 'Twin and note. The bridge finds a ticket by it; leave it as it is.',
        Type        => 'FreeformSingle',
        LookupType  => 'RT::Queue-RT::Ticket',
        Queue       => 'Owners',
    },
    {   Name        => 'Agreement',
        Description => 'The terms under which the owner sent this, and what they permit',
        Type        => 'FreeformSingle',
        LookupType  => 'RT::Queue-RT::Ticket',
        Queue       => 'Owners',
    },
    {   Name        => 'Outcome',
        Description => 'What this answer proposes; the owner confirms it',
        Type        => 'SelectSingle',
        LookupType  => 'RT::Queue-RT::Ticket-RT::Transaction',
        Queue       => 'Owners',
        Values      => [
            { Name => 'answered',  SortOrder => 1 },
            { Name => 'fixed',     SortOrder => 2 },
            { Name => 'changed',   SortOrder => 3 },
            { Name => 'declined',  SortOrder => 4 },
            { Name => 'forwarded', SortOrder => 5 },
        ],
    },
);

@Users = (
    {   Name       => 'pico-twins',
        RealName   => 'Pico Twins',
        Privileged => 1,
        Password   => $ENV{'PICO_TWINS_PASSWORD'} || die "PICO_TWINS_PASSWORD is missing\n",
    },
);

@ACL = (
    map( { { Right => $_, Queue => 'Owners', UserId => 'pico-twins' } }
        qw(SeeQueue ShowTicket ShowTicketComments CreateTicket CommentOnTicket ReplyToTicket ModifyTicket DeleteTicket) ),
    map( { { Right => $_, UserId => 'pico-twins' } } qw(SeeCustomField ModifyCustomField) ),
);

# The call says only which ticket and which transaction: no word leaves by it. What it drops, the bridge finds by asking.
@Scrips = (
    {   Description       => 'Tell Pico Twins of an answer',
        Queue             => 'Owners',
        ScripCondition    => 'On Correspond',
        ScripAction       => 'User Defined',
        Template          => 'Blank',
        # After all of the answer is written, its outcome included.
        Stage             => 'TransactionBatch',
        CustomPrepareCode => 'return $self->TransactionObj->CreatorObj->Name ne "pico-twins";',
        CustomCommitCode  => q{
            my $url = $ENV{'PICO_TWINS_BRIDGE'} or return 1;
            require HTTP::Tiny;
            HTTP::Tiny->new( timeout => 3 )->post_form( $url, {
                ticket      => $self->TicketObj->Id,
                transaction => $self->TransactionObj->Id,
            } );
            return 1;
        },
    },
);
