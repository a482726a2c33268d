#include "turns.h"

/* In a round: of work of a kind, and how many of those who wait are resumed. */
static const int64_t SLICE = 10 * CHS_MS;
static const unsigned resumed[LINES] = {[SINGLES] = 16, [BULK] = 4};

static void stand(struct line *line, struct turn *turn, bool in_front) {
    MHD_suspend_connection(turn->connection);
    turn->next = in_front ? line->first : NULL;
    if (line->first == NULL)
        line->first = line->last = turn;
    else if (in_front)
        line->first = turn;
    else
        line->last = line->last->next = turn;
}

bool chs_take_turn(struct turns *turns, size_t line, struct turn *turn, bool has_begun) {
    struct line *it = &turns->lines[line];
    bool is_free = it->spent < SLICE && (has_begun || it->first == NULL);
    if (turn->is_granted || is_free) {
        turn->is_granted = false;
        return true;
    }
    stand(it, turn, has_begun);
    return false;
}

void chs_pass_turn(struct turns *turns, size_t line, struct turn *turn) {
    stand(&turns->lines[line], turn, false);
}

void chs_end_turn(struct turns *turns, size_t line, int64_t since) {
    turns->lines[line].spent += chs_now() - since;
}

void chs_begin_round(struct turns *turns, bool all) {
    for (size_t i = 0; i < LINES; i++) {
        struct line *line = &turns->lines[i];
        unsigned count = line->spent < SLICE ? resumed[i] : 0;
        for (; line->first != NULL && (count > 0 || all); count--) {
            struct turn *turn = line->first;
            line->first = turn->next;
            turn->is_granted = true;
            MHD_resume_connection(turn->connection);
        }
        line->spent = 0;
    }
    turns->has_called = false;
    atomic_store_explicit(&turns->began, chs_now(), memory_order_relaxed);
}

bool chs_has_waiting(const struct turns *turns) {
    for (size_t i = 0; i < LINES; i++)
        if (turns->lines[i].first != NULL) return true;
    return false;
}
